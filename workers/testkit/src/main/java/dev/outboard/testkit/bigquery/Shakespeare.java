package dev.outboard.testkit.bigquery;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * {@code bigquery-public-data.samples.shakespeare} by a rule: each of 42 works has each of 62 words, the r-th most frequent
 * one about 900/r times. The same in every run.
 */
final class Shakespeare {
    private static final String WORDS = "the I and to of a you my in that is not with me it for be his your this "
            + "but he have as thou him so will what thy all her no by do shall if are we thee on lord our king good now sir from "
            + "come at they she or here would more was well how there am love";
    private static final String WORKS = "1kinghenryiv 1kinghenryvi 2kinghenryiv 2kinghenryvi 3kinghenryvi "
            + "allswellthatendswell antonyandcleopatra asyoulikeit comedyoferrors coriolanus cymbeline hamlet juliuscaesar "
            + "kinghenryv kinghenryviii kingjohn kinglear kingrichardii kingrichardiii loverscomplaint loveslabourslost macbeth "
            + "measureforemeasure merchantofvenice merrywivesofwindsor midsummersnightsdream muchadoaboutnothing othello "
            + "periclesprinceoftyre rapeoflucrece romeoandjuliet sonnets tamingoftheshrew tempest timonofathens titusandronicus "
            + "troilusandcressida twelfthnight twogentlemenofverona various venusandadonis winterstale";

    private Shakespeare() {}

    static void write(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA \"bigquery-public-data.samples\"");
            statement.execute(
                    """
                            CREATE TABLE "bigquery-public-data.samples".shakespeare AS
                            SELECT w.word AS word, CAST(greatest(1, 900 // w.r + (w.r * 7 + c.n * 13) % 5) AS BIGINT) AS word_count,
                                c.corpus AS corpus, CAST(1588 + (c.n * 5) %% 26 AS BIGINT) AS corpus_date
                            FROM (SELECT unnest(string_split('%s', ' ')) AS word, generate_subscripts(string_split('%s', ' '), 1) AS r) w,
                                (SELECT unnest(string_split('%s', ' ')) AS corpus, generate_subscripts(string_split('%s', ' '), 1) AS n) c
                            """
                            .replace("%%", "%")
                            .replaceFirst("%s", WORDS)
                            .replaceFirst("%s", WORDS)
                            .replaceFirst("%s", WORKS)
                            .replaceFirst("%s", WORKS));
        }
    }
}
