package dev.asyncinspect.sources;

import dev.asyncinspect.core.rows.Row;
import dev.asyncinspect.core.rows.RowHandler;
import java.util.ArrayList;
import java.util.List;

/** Keeps all rows, or does something with the first. */
final class KeptRows implements RowHandler {

    final List<Row> rows = new ArrayList<>();
    private final Runnable atFirst;

    KeptRows() {
        this(() -> {});
    }

    KeptRows(Runnable atFirst) {
        this.atFirst = atFirst;
    }

    private void keep(Row row) {
        if (rows.isEmpty()) {
            atFirst.run();
        }
        rows.add(row);
    }

    @Override
    public void begin(Row.Begin row) {
        keep(row);
    }

    @Override
    public void end(Row.End row) {
        keep(row);
    }

    @Override
    public void stack(Row.Stack row) {
        keep(row);
    }

    @Override
    public void thread(Row.ThreadSeen row) {
        keep(row);
    }

    @Override
    public void object(Row.ObjectSeen row) {
        keep(row);
    }

    @Override
    public void number(Row.NumberOf row) {
        keep(row);
    }

    @Override
    public void text(Row.TextOf row) {
        keep(row);
    }

    @Override
    public void objectLink(Row.ObjectLink row) {
        keep(row);
    }

    @Override
    public void threadLink(Row.ThreadLink row) {
        keep(row);
    }

    @Override
    public void notSeen(Row.NotSeen row) {
        keep(row);
    }
}
