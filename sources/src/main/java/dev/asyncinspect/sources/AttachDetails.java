package dev.asyncinspect.sources;

import dev.asyncinspect.core.rows.Relation;
import dev.asyncinspect.model.Detail;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.sources.AttachRows.About;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the objects of one sample say of themselves beside who holds them: permits, parties, the work of a future. */
final class AttachDetails {

    private static final String LAMBDA = "lambda$";
    private static final double NANOS_PER_SECOND = 1e9;

    private final AttachRows rows;
    private final AttachFutures futures;

    AttachDetails(AttachRows rows, AttachFutures futures) {
        this.rows = rows;
        this.futures = futures;
    }

    /** What is known of this object, in an order that reads well. */
    List<Detail> of(int ref, ResourceKind kind) {
        About about = rows.about(ref);
        List<Detail> details = new ArrayList<>();
        switch (kind) {
            case SEMAPHORE -> number(about, Relation.COUNT, "permits", details);
            case LATCH -> {
                number(about, Relation.COUNT, "count", details);
                number(about, Relation.PHASE, "phase", details);
                number(about, Relation.PARTIES, "parties", details);
                number(about, Relation.ARRIVED, "arrived", details);
            }
            case READ_WRITE_LOCK -> {
                number(about, Relation.READERS, "readers", details);
                number(about, Relation.WRITERS, "writers", details);
            }
            case QUEUE -> {
                number(about, Relation.GIVERS, "waiting to give", details);
                number(about, Relation.TAKERS, "waiting to take", details);
            }
            case FUTURE -> futures.worksOf(ref).forEach(work -> work(work, details));
            default -> {}
        }
        return details;
    }

    private static void number(About about, String relation, String name, List<Detail> details) {
        Long value = about.number(relation);
        if (value != null) {
            details.add(new Detail(name, String.valueOf(value)));
        }
    }

    private void work(int work, List<Detail> details) {
        About about = rows.about(work);
        String method = about.text(Relation.USER_METHOD);
        if (method != null) {
            details.add(new Detail("runs", readable(method)));
        }
        String queue = futures.queueOf(work);
        if (queue != null) {
            details.add(new Detail("not started, in the queue of", queue));
        }
        Long due = about.number(Relation.DUE_NANOS);
        if (due != null && due > 0) {
            details.add(new Detail("due in", String.format(Locale.ROOT, "%.1f s", due / NANOS_PER_SECOND)));
        }
    }

    /** {@code Orders.load}, {@code a lambda in Orders.load}: without the package and what the compiler adds. */
    static String readable(String method) {
        int dot = method.lastIndexOf('.');
        String owner = method.substring(0, Math.max(0, dot));
        String name = method.substring(dot + 1);
        String simple = owner.substring(Math.max(owner.lastIndexOf('.'), owner.lastIndexOf('$')) + 1);
        if (!name.startsWith(LAMBDA)) {
            boolean isClass = simple.isEmpty() || name.isEmpty() || Character.isUpperCase(name.charAt(0));
            return isClass ? name.substring(name.lastIndexOf('$') + 1) : simple + "." + name;
        }
        int end = name.lastIndexOf('$');
        return "a lambda in " + simple + "." + (end > LAMBDA.length() ? name.substring(LAMBDA.length(), end) : name);
    }
}
