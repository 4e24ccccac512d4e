package dev.asyncinspect.cli;

import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Names as people look for them: part of the name in any case, with {@code *} for anything. */
final class NamePattern {

    private NamePattern() {}

    /** Fits every name if the text is empty. */
    static Predicate<String> of(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        if (!wanted.contains("*")) {
            return name -> name.toLowerCase(Locale.ROOT).contains(wanted);
        }
        StringBuilder form = new StringBuilder();
        for (String part : wanted.split("\\*", -1)) {
            form.append(form.isEmpty() && !wanted.startsWith("*") ? "" : ".*").append(Pattern.quote(part));
        }
        Pattern pattern = Pattern.compile(form.toString(), Pattern.DOTALL);
        return name -> pattern.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }
}
