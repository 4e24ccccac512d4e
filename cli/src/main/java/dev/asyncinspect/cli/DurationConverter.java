package dev.asyncinspect.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Durations as people write them, {@code 500us}, {@code 250ms}, {@code 1.5s}, {@code 1m}, {@code 2h}, and as our answers tell them,
 * {@code 4m05s}, {@code 2h10m}; a number alone is milliseconds.
 */
final class DurationConverter implements ITypeConverter<Duration> {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(us|ms|s|m|h|)");
    private static final Pattern TWO_UNITS =
            Pattern.compile("(\\d{1,9}d)(\\d{1,2}h)|(\\d{1,9}h)(\\d{1,2}m)|(\\d{1,9}m)(\\d{1,2}s)");

    @Override
    public Duration convert(String text) {
        Matcher two = TWO_UNITS.matcher(text);
        if (two.matches()) {
            Duration sum = Duration.ZERO;
            for (int i = 1; i <= two.groupCount(); i++) {
                String part = two.group(i);
                sum = part == null ? sum : sum.plus(whole(part));
            }
            return sum;
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + text + "' is no time; write 500us, 250ms, 1.5s, 1m or 2h");
        }
        BigDecimal unit = BigDecimal.valueOf(nanosOf(matcher.group(2)));
        BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(unit);
        return Duration.ofNanos(nanos.setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    private static Duration whole(String part) {
        long number = Long.parseLong(part.substring(0, part.length() - 1));
        return part.endsWith("d")
                ? Duration.ofDays(number)
                : Duration.ofNanos(number * nanosOf(part.substring(part.length() - 1)));
    }

    private static long nanosOf(String unit) {
        return switch (unit) {
            case "us" -> 1_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 1_000_000L;
        };
    }
}
