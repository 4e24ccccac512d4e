package dev.asyncinspect.junit;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;

/** How a test is to be inspected, by the annotations on it and around it and by the configuration. */
final class Marks {

    private Marks() {}

    static Settings settings(ExtensionContext context) {
        return Settings.of(context::getConfigurationParameter);
    }

    static Duration hangAfter(ExtensionContext context) {
        return annotation(context, Inspected.class)
                .map(Inspected::hangAfter)
                .filter(text -> !text.isEmpty())
                .map(text -> Settings.time("@Inspected(hangAfter)", text))
                .orElseGet(() -> settings(context).hangAfter());
    }

    static Set<Check> checks(ExtensionContext context) {
        Set<Check> checks = EnumSet.allOf(Check.class);
        annotation(context, NotInspected.class).ifPresent(not -> checks.removeAll(Arrays.asList(not.checks())));
        return checks;
    }

    /** The annotation of the test method, else of its class, else of a class around that. */
    private static <A extends Annotation> Optional<A> annotation(ExtensionContext context, Class<A> type) {
        for (Optional<ExtensionContext> at = Optional.of(context);
                at.isPresent();
                at = at.get().getParent()) {
            A found = at.get()
                    .getElement()
                    .map((AnnotatedElement e) -> e.getAnnotation(type))
                    .orElse(null);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }
}
