package dev.asyncinspect.sources.heap;

import dev.asyncinspect.model.Frame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Makes the parts of a heap dump of its records. */
final class HeapReading implements HprofVisitor {

    /*
     *   records outside of the heap ─► segments, as long as they hold classes ─► all other segments, on as many threads as cores
     *
     * Once the classes are known, each segment can be read by itself. What threads find is put together in the order of the file, so
     * that the result is the same as that of one thread.
     */

    private static final int MOST_READERS = 8;
    private static final long BATCH = 16 << 20; // bytes, for which a reader comes again

    private final HeapFile file;
    final HeapClasses classes;
    final ObjectIndex objects = new ObjectIndex();
    final ObjectBlocks blocks = new ObjectBlocks();
    final List<Long> roots = new ArrayList<>();
    private final List<Segment> segments = new ArrayList<>();
    private final Deque<HeapPart> parts = new ArrayDeque<>();
    private final Map<Long, long[]> frames = new HashMap<>();
    private final Map<Long, long[]> stacks = new HashMap<>();
    private final Map<Long, long[]> threadObjects = new HashMap<>();
    private final Map<Long, Map<Integer, List<Long>>> locals = new HashMap<>();
    long epochMillis;

    private record Segment(long start, long end) {}

    private HeapReading(HeapFile file) {
        this.file = file;
        this.classes = new HeapClasses(file);
    }

    /** @throws DamagedHeapException if it does not hold together */
    static HeapReading of(HeapFile file) {
        HeapReading reading = new HeapReading(file);
        HprofParser.walk(file, reading);
        int read = reading.readClasses();
        reading.readObjects(read);
        reading.join();
        return reading;
    }

    /** How many segments were read: up to the last one, without a gap, that holds classes; the next one was, too. */
    private int readClasses() {
        boolean found = false;
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            HeapPart part = new HeapPart(file, classes, segment.end - segment.start, /* alone= */ true);
            part.read(segment.start, segment.end);
            parts.add(part);
            if (found && !part.hasClasses) {
                return i + 1;
            }
            found |= part.hasClasses;
        }
        return segments.size();
    }

    private void readObjects(int first) {
        List<Callable<HeapPart>> batches = new ArrayList<>();
        for (int i = first; i < segments.size(); ) {
            int from = i;
            long size = 0;
            for (; i < segments.size() && size < BATCH; i++) {
                size += segments.get(i).end - segments.get(i).start;
            }
            long bytes = size;
            List<Segment> batch = segments.subList(from, i);
            batches.add(() -> {
                HeapPart part = new HeapPart(file, classes, bytes, /* alone= */ false);
                batch.forEach(segment -> part.read(segment.start, segment.end));
                return part;
            });
        }
        parts.addAll(HeapReaders.all(batches, MOST_READERS));
    }

    private void join() {
        long count = 0;
        for (HeapPart part : parts) {
            count += part.size;
        }
        objects.expect(count);
        for (HeapPart part = parts.poll(); part != null; part = parts.poll()) { // so that its arrays can go
            objects.addAll(part.ids, part.places, part.size);
            blocks.addAll(part.blocks);
            roots.addAll(part.roots);
            part.lateClasses.forEach(late -> classes.layout(late.classId(), late.at()));
            part.threads.forEach(thread ->
                    threadObjects.put(thread.threadSerial(), new long[] {thread.objectId(), thread.stackSerial()}));
            part.localRoots.forEach(root -> locals.computeIfAbsent(root.threadSerial(), s -> new HashMap<>())
                    .computeIfAbsent(root.frame(), f -> new ArrayList<>())
                    .add(root.objectId()));
        }
        objects.sort();
    }

    List<HeapThread> threads() {
        List<HeapThread> made = new ArrayList<>();
        threadObjects.forEach((serial, thread) ->
                made.add(new HeapThread(thread[0], stack(thread[1]), locals.getOrDefault(serial, Map.of()))));
        return made;
    }

    private List<Frame> stack(long serial) {
        long[] where = stacks.get(serial);
        List<Frame> made = new ArrayList<>();
        for (int i = 0; where != null && i < where[1]; i++) {
            long[] frame = frames.get(file.id(where[0] + (long) i * file.idSize()));
            if (frame != null) {
                made.add(frame(frame));
            }
        }
        return made;
    }

    /** Lines: -1 unknown, -2 compiled, -3 native. Of a class without a source file none, as in a text dump. */
    private Frame frame(long[] parts) {
        int line = (int) parts[3];
        String source = classes.text(parts[1]);
        return new Frame(
                classes.nameOfSerial(parts[2]),
                classes.text(parts[0]),
                line == -3 || source.isEmpty() ? null : source,
                line == -3 ? Frame.LINE_NATIVE : line <= 0 || source.isEmpty() ? Frame.LINE_UNKNOWN : line);
    }

    @Override
    public void time(long millis) {
        epochMillis = millis;
    }

    @Override
    public void text(long id, long at) {
        classes.text(id, at);
    }

    @Override
    public void className(long classId, long nameId) {
        classes.name(classId, nameId);
    }

    @Override
    public void classSerial(long serial, long classId) {
        classes.serial(serial, classId);
    }

    @Override
    public void frame(long frameId, long methodNameId, long fileNameId, long classSerial, int line) {
        frames.put(frameId, new long[] {methodNameId, fileNameId, classSerial, line});
    }

    @Override
    public void stack(long serial, long framesAt, int count) {
        stacks.put(serial, new long[] {framesAt, count});
    }

    @Override
    public void segment(long start, long end) {
        segments.add(new Segment(start, end));
    }
}
