package dev.outboard.dispatcher.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private static final Tenant TENANT = new Tenant("p", "d");

    @Test
    void anIdReadsBackFromItsOneText() {
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            var id = new JobId(random.nextLong(), random.nextLong());
            var text = id.toString();
            assertTrue(text.matches("j[a-z2-7]{26}"), text);
            assertEquals(Optional.of(id), JobId.parse(text));
            assertEquals(id, JobId.of(id.bytes()));
        }
    }

    @Test
    void noOtherTextIsAnId() {
        var text = Identity.random(new Random()).toString();
        for (var bad : new String[]{"", "j", text + "a", text.substring(1), text.toUpperCase(), "k" + text.substring(1),
                text.substring(0, 26) + "b", text.substring(0, 26) + "1", text.substring(0, 26) + "é"}) {
            if (!bad.equals(text)) {
                assertEquals(Optional.empty(), JobId.parse(bad), bad);
            }
        }
    }

    @Test
    void aKeyGivesOneIdPerInstallationTenantAndType() {
        var ids = new HashSet<JobId>();
        ids.add(Identity.keyed("i", TENANT, "t", "k"));
        ids.add(Identity.keyed("i2", TENANT, "t", "k"));
        ids.add(Identity.keyed("i", new Tenant("p", ""), "t", "k"));
        ids.add(Identity.keyed("i", new Tenant("", "p"), "t", "k"));
        ids.add(Identity.keyed("i", new Tenant("pd", ""), "t", "k"));
        ids.add(Identity.keyed("i", TENANT, "tk", ""));
        assertEquals(6, ids.size());
        assertEquals(Identity.keyed("i", TENANT, "t", "k"), Identity.keyed("i", TENANT, "t", "k"));
    }

    /** A change here would make every job of a running installation run again. */
    @Test
    void idsAndKeysAreForEver() {
        var id = Identity.keyed("installation", TENANT, "duckdb", "key");
        assertEquals("jx5fpe6mkw6ldfpwrzyxzsceam4", id.toString());
        assertEquals("e4szh4pdat7n6f2xfnjhzjfmb3izwbgq6znor6eghlj2n2hwbgdq",
                Identity.externalKey("installation", id, 7, 1));
        assertNotEquals(Identity.externalKey("installation", id, 7, 1), Identity.externalKey("installation", id, 7, 2));
        assertNotEquals(Identity.externalKey("installation", id, 7, 1), Identity.externalKey("installation", id, 8, 1));
        assertEquals(42, new JobId(Long.MIN_VALUE + 42, 0).partition(64));
    }
}
