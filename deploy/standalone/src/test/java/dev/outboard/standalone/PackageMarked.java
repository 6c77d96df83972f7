package dev.outboard.standalone;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.annotation.Annotation;

/** A class whose package has a package-info with this annotation. */
final class PackageMarked extends ArchCondition<JavaClass> {
    private final Class<? extends Annotation> mark;

    PackageMarked(Class<? extends Annotation> mark) {
        super("live in a package whose package-info has @" + mark.getSimpleName());
        this.mark = mark;
    }

    @Override
    public void check(JavaClass item, ConditionEvents events) {
        boolean marked = item.getPackage().isAnnotatedWith(mark);
        if (!marked) {
            events.add(SimpleConditionEvent.violated(item, item.getPackageName() + " has no package-info with @"
                    + mark.getSimpleName()));
        }
    }
}
