package dev.asyncinspect.sources;

import dev.asyncinspect.model.CarrierPool;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the answer to {@code Thread.vthread_scheduler}: the figures of a ForkJoinPool. */
final class CarrierPools {

    private static final Pattern FIGURE = Pattern.compile("(\\w+) = (\\d{1,9})");

    private CarrierPools() {}

    /** The figures; null if the text holds none, as on a JVM that does not know the command. */
    static @Nullable CarrierPool parse(String text) {
        Map<String, Integer> figures = new HashMap<>();
        Matcher matcher = FIGURE.matcher(text);
        while (matcher.find()) {
            figures.put(matcher.group(1), Integer.parseInt(matcher.group(2)));
        }
        Integer parallelism = figures.get("parallelism");
        Integer size = figures.get("size");
        Integer active = figures.get("active");
        Integer tasks = figures.get("tasks");
        Integer submissions = figures.get("submissions");
        if (parallelism == null || size == null || active == null || tasks == null || submissions == null) {
            return null;
        }
        return new CarrierPool(parallelism, size, active, tasks, submissions);
    }
}
