import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Turns what a program printed on a terminal into a picture: {@code java tools/AnsiToSvg.java "title" < captured > picture.svg}. */
class AnsiToSvg {

    private static final int COLUMNS = 132;
    private static final int LINE = 19;
    private static final double CELL = 8.43;
    private static final int MARGIN = 18;
    private static final int TITLE = 34;
    private static final String PLAIN = "fill=\"#d7dae0\"";

    /** The few colours that async-inspect prints. */
    private static final Map<String, String> STYLES = Map.of(
            "31;1", "fill=\"#ff6b6b\" font-weight=\"bold\"",
            "33;1", "fill=\"#ffd166\" font-weight=\"bold\"",
            "32;1", "fill=\"#6bd68a\" font-weight=\"bold\"",
            "36", "fill=\"#6cc7e6\"",
            "2", "fill=\"#8b93a1\"",
            "0", PLAIN);

    public static void main(String[] args) throws IOException {
        List<String> lines = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                wrap(line.replace("\r", ""), lines);
            }
        }
        int columns = lines.stream().mapToInt(line -> line.replaceAll("\u001b\\[[0-9;]*m", "").length()).max().orElse(80);
        long width = Math.round(columns * CELL) + 2 * MARGIN;
        int height = lines.size() * LINE + TITLE + MARGIN;
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">%n"
                .formatted(width, height, width, height));
        svg.append("<rect width=\"100%\" height=\"100%\" rx=\"9\" fill=\"#1d2027\"/>\n");
        for (int dot = 0; dot < 3; dot++) {
            svg.append("<circle cx=\"%d\" cy=\"17\" r=\"5.5\" fill=\"#4a4f5a\"/>%n".formatted(MARGIN + 3 + 18 * dot));
        }
        svg.append("<text x=\"50%%\" y=\"21\" text-anchor=\"middle\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#8b93a1\">%s</text>%n"
                .formatted(escaped(args.length == 0 ? "" : args[0])));
        svg.append("<g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\" xml:space=\"preserve\">\n");
        for (int row = 0; row < lines.size(); row++) {
            svg.append("<text x=\"%d\" y=\"%d\" %s>".formatted(MARGIN, TITLE + (row + 1) * LINE - 5, PLAIN));
            svg.append(spans(lines.get(row))).append("</text>\n");
        }
        System.out.print(svg.append("</g>\n</svg>\n"));
    }

    /** As a terminal of that width does it; escape sequences take no room. */
    private static void wrap(String line, List<String> into) {
        StringBuilder row = new StringBuilder();
        String style = "";
        int used = 0;
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '\u001b') {
                int end = line.indexOf('m', i);
                style = line.substring(i, end + 1);
                row.append(style);
                i = end;
                continue;
            }
            if (used == COLUMNS) {
                into.add(row.toString());
                row = new StringBuilder(style);
                used = 0;
            }
            row.append(line.charAt(i));
            used++;
        }
        into.add(row.toString());
    }

    private static String spans(String line) {
        StringBuilder text = new StringBuilder();
        String style = PLAIN;
        for (String part : line.split("(?=\u001b\\[)")) {
            String shown = part;
            if (part.startsWith("\u001b[")) {
                int end = part.indexOf('m');
                style = STYLES.getOrDefault(part.substring(2, end), PLAIN);
                shown = part.substring(end + 1);
            }
            if (!shown.isEmpty()) {
                text.append("<tspan ").append(style).append('>').append(escaped(shown)).append("</tspan>");
            }
        }
        return text.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
