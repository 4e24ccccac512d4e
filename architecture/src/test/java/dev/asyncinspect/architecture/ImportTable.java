package dev.asyncinspect.architecture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of who may import whom, as data. */
record ImportTable(Map<String, Set<String>> allowed, List<Debt> debts) {

    private static final Pattern DEBT = Pattern.compile("(\\d{4}-\\d{2}-\\d{2}) (\\S+) -> (\\S+): (.+)");
    private static final Pattern ROW = Pattern.compile("([a-z.]+):(.*)");

    /** An exception: a class prefix that may, for now, use another. */
    record Debt(String date, String from, String to, String reason) {}

    static ImportTable load() {
        try (InputStream stream =
                        Objects.requireNonNull(ImportTable.class.getResourceAsStream("/allowed-imports.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return parse(lines.lines().map(String::trim).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ImportTable parse(List<String> lines) {
        Map<String, Set<String>> allowed = new LinkedHashMap<>();
        List<Debt> debts = new ArrayList<>();
        for (String line : lines) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher debt = DEBT.matcher(line);
            Matcher row = ROW.matcher(line);
            if (debt.matches()) {
                debts.add(new Debt(debt.group(1), debt.group(2), debt.group(3), debt.group(4)));
            } else if (row.matches()) {
                Set<String> targets = new TreeSet<>();
                for (String target : row.group(2).split(",", -1)) {
                    if (!target.isBlank()) {
                        targets.add(target.trim());
                    }
                }
                allowed.put(row.group(1), targets);
            } else {
                throw new IllegalArgumentException("allowed-imports.txt: cannot read the line '" + line + "'");
            }
        }
        return new ImportTable(allowed, debts);
    }
}
