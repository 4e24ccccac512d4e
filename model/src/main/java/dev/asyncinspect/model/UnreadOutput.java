package dev.asyncinspect.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A child process of a JVM that can neither go on nor end, because a pipe to the JVM is full and nobody reads it. As a
 * {@link Resource} it is the child, of kind {@link ResourceKind#IO}; what is told here are its details.
 *
 * @param writer the process that waits to write, the child itself or one that it waits for: {@code process 4712 (head)}
 * @param stream where it writes to, as it calls it: {@code stdout}, {@code stderr}, {@code output} for both, {@code file descriptor 5}
 * @param pipe the pipe as the system calls it: {@code pipe:[2825097]}
 * @param writtenBytes what the writer has written so far in all, to whatever it was
 */
public record UnreadOutput(String writer, String stream, String pipe, long writtenBytes) {

    private static final String WRITER = "writer";
    private static final String STREAM = "waits to write to";
    private static final String PIPE = "which is";
    private static final String WRITTEN = "bytes written";

    /** What a resource of this kind says of itself. */
    public List<Detail> details() {
        return List.of(
                new Detail(WRITER, writer),
                new Detail(STREAM, stream),
                new Detail(PIPE, pipe),
                new Detail(WRITTEN, String.valueOf(writtenBytes)));
    }

    /** What this resource says; null if it is no such child. */
    public static @Nullable UnreadOutput of(Resource resource) {
        if (resource.kind() != ResourceKind.IO || resource.details().size() != 4) {
            return null;
        }
        List<String> values = new ArrayList<>();
        for (String name : List.of(WRITER, STREAM, PIPE, WRITTEN)) {
            Detail detail = resource.details().get(values.size());
            if (!detail.name().equals(name)) {
                return null;
            }
            values.add(detail.value());
        }
        try {
            return new UnreadOutput(values.get(0), values.get(1), values.get(2), Long.parseLong(values.get(3)));
        } catch (NumberFormatException e) {
            return null; // a snapshot from elsewhere, which means something else
        }
    }
}
