package dev.asyncinspect.junit;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * What can be set, by configuration parameters of JUnit.
 *
 * @param hangAfter {@code asyncinspect.hang.after}: after how long without movement a test hangs
 * @param leakGrace {@code asyncinspect.leak.grace}: how long after a test its threads may take to end
 * @param stopGrace {@code asyncinspect.stop.grace}: how long a hanging test may take to end once it is interrupted; then the JVM
 *     is ended
 * @param evidence {@code asyncinspect.evidence}: the folder for evidence
 */
record Settings(Duration hangAfter, Duration leakGrace, Duration stopGrace, Path evidence) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m)");

    static Settings of(Function<String, Optional<String>> parameters) {
        return new Settings(
                time("asyncinspect.hang.after", parameters, Duration.ofSeconds(60)),
                time("asyncinspect.leak.grace", parameters, Duration.ofSeconds(2)),
                time("asyncinspect.stop.grace", parameters, Duration.ofSeconds(5)),
                parameters.apply("asyncinspect.evidence").map(Path::of).orElseGet(Settings::buildFolder));
    }

    /** A time as people write it: {@code 500ms}, {@code 1.5s}, {@code 2m}. */
    static Duration time(String name, String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new ExtensionConfigurationException(name + " is no time: '" + text + "'; write 500ms, 30s or 2m");
        }
        long unitNanos = switch (matcher.group(2)) {
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            default -> 60_000_000_000L;
        };
        BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unitNanos));
        return Duration.ofNanos(nanos.setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    private static Duration time(String name, Function<String, Optional<String>> parameters, Duration otherwise) {
        return parameters.apply(name).map(text -> time(name, text)).orElse(otherwise);
    }

    /** Where the build puts its reports: Maven's folder or Gradle's, else the one for temporary files. */
    private static Path buildFolder() {
        for (String folder : new String[] {"target", "build"}) {
            if (Files.isDirectory(Path.of(folder))) {
                return Path.of(folder, "async-inspect");
            }
        }
        return Path.of(System.getProperty("java.io.tmpdir"), "async-inspect");
    }
}
