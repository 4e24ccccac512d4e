package dev.asyncinspect.core.fold;

import dev.asyncinspect.core.event.Symbols;
import java.util.ArrayList;
import java.util.List;

/**
 * How long tasks that were created at one place ran at a stretch and how long they waited to run; how long waiting at one await took.
 *
 * @param site the place: a creation site, or the label of an await
 * @param polls how long they ran at a stretch
 * @param delays how long they were runnable and did not run
 * @param awaits how long waiting took, if the place is an await
 */
public record SiteTimes(String site, DurationHistogram polls, DurationHistogram delays, DurationHistogram awaits) {

    /** As it changes; the site is a symbol. */
    static final class Table {

        /* The number of sites is bounded, for a histogram takes one kilobyte: what does not fit is told together, as "…". */

        private static final int MAX_SITES = 2_000;

        private final LongMap<Row> rows = new LongMap<>();

        void poll(int site, long nanos) {
            row(site).polls.add(nanos);
        }

        void delay(int site, long nanos) {
            row(site).delays.add(nanos);
        }

        void await(int label, long nanos) {
            row(label).awaits.add(nanos);
        }

        List<SiteTimes> all(Symbols symbols) {
            List<SiteTimes> all = new ArrayList<>();
            rows.forEach(row -> all.add(row.copy(symbols)));
            return all;
        }

        private Row row(int symbol) {
            Row row = rows.get(key(symbol));
            if (row == null) {
                int kept = rows.size() < MAX_SITES ? symbol : Symbols.OVERFLOW;
                row = rows.get(key(kept));
                if (row == null) {
                    row = new Row(kept);
                    rows.put(key(kept), row);
                }
            }
            return row;
        }

        /** Keys of the map are not 0. */
        private static long key(int symbol) {
            return (symbol & 0xFFFF_FFFFL) + 1;
        }
    }

    private static final class Row {
        final int symbol;
        final DurationHistogram polls = new DurationHistogram();
        final DurationHistogram delays = new DurationHistogram();
        final DurationHistogram awaits = new DurationHistogram();

        Row(int symbol) {
            this.symbol = symbol;
        }

        SiteTimes copy(Symbols symbols) {
            String site = symbols.text(symbol);
            return new SiteTimes(site == null ? "unknown" : site, polls.copy(), delays.copy(), awaits.copy());
        }
    }
}
