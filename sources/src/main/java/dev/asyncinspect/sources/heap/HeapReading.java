package dev.asyncinspect.sources.heap;

import dev.asyncinspect.model.Frame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the parts of a heap dump of its records. */
final class HeapReading implements HprofVisitor {

    private final HeapFile file;
    final HeapClasses classes;
    final ObjectIndex instances = new ObjectIndex();
    final ObjectIndex arrays = new ObjectIndex();
    final List<Long> roots = new ArrayList<>();
    private final Map<Long, long[]> frames = new HashMap<>();
    private final Map<Long, long[]> stacks = new HashMap<>();
    private final Map<Long, long[]> threadObjects = new HashMap<>();
    private final Map<Long, Map<Integer, List<Long>>> locals = new HashMap<>();
    long epochMillis;

    HeapReading(HeapFile file) {
        this.file = file;
        this.classes = new HeapClasses(file);
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

    /** Lines: -1 unknown, -2 compiled, -3 native. */
    private Frame frame(long[] parts) {
        int line = (int) parts[3];
        String source = classes.text(parts[1]);
        return new Frame(
                classes.nameOfSerial(parts[2]),
                classes.text(parts[0]),
                line == -3 || source.isEmpty() ? null : source,
                line == -3 ? Frame.LINE_NATIVE : line <= 0 ? Frame.LINE_UNKNOWN : line);
    }

    @Override
    public void time(long millis) {
        epochMillis = millis;
    }

    @Override
    public void text(long id, long at, int length) {
        classes.text(id, at, length);
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
    public void root(long objectId) {
        roots.add(objectId);
    }

    @Override
    public void localRoot(long objectId, long threadSerial, int frame) {
        locals.computeIfAbsent(threadSerial, s -> new HashMap<>())
                .computeIfAbsent(frame, f -> new ArrayList<>())
                .add(objectId);
    }

    @Override
    public void thread(long objectId, long threadSerial, long stackSerial) {
        threadObjects.put(threadSerial, new long[] {objectId, stackSerial});
    }

    @Override
    public void classDump(long classId, long at) {
        classes.layout(classId, at);
    }

    @Override
    public void instance(long objectId, long classId, long at) {
        HeapClass type = classes.get(classId);
        boolean refersToNone =
                type != null && (!type.hasReferences() || type.name().equals("java.lang.String"));
        if (!refersToNone) {
            instances.add(objectId, at);
        }
    }

    @Override
    public void objectArray(long objectId, long at, int count) {
        if (count > 0) {
            arrays.add(objectId, at);
        }
    }
}
