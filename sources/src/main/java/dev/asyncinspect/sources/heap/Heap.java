package dev.asyncinspect.sources.heap;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A heap dump. Objects are known by their ids; 0 is null. Of an object that refers to nothing only its place is not kept, so
 * {@link #classOf} does not know it.
 */
public final class Heap {

    private final HeapFile file;
    private final HeapClasses classes;
    private final ObjectIndex objects;
    private final ObjectBlocks blocks;
    private final List<Long> roots;
    private final List<HeapThread> threads;
    private final Instant takenAt;

    private Heap(HeapFile file, HeapReading reading) {
        this.file = file;
        this.classes = reading.classes;
        this.objects = reading.objects;
        this.blocks = reading.blocks;
        this.roots = reading.roots;
        this.takenAt = Instant.ofEpochMilli(reading.epochMillis);
        this.threads = reading.threads();
    }

    /**
     * Reads a heap dump.
     *
     * @throws IOException if the file cannot be read
     * @throws DamagedHeapException if it is no whole heap dump
     */
    public static Heap open(Path path) throws IOException {
        HeapFile file = HeapFile.open(path);
        return new Heap(file, HeapReading.of(file));
    }

    /** When it was taken. */
    public Instant takenAt() {
        return takenAt;
    }

    /** How many bytes the file has. */
    public long bytes() {
        return file.length();
    }

    /** Its threads. */
    public List<HeapThread> threads() {
        return threads;
    }

    /** Class of an instance; null if it is none, or refers to nothing. */
    public @Nullable HeapClass classOf(long objectId) {
        int number = objects.find(objectId);
        return number < 0 ? null : classAt(number);
    }

    /** Class of the instance of this number; null if it is none, or the dump does not have its class. */
    @Nullable
    HeapClass classAt(int number) {
        int classNumber = objects.classNumber(number);
        return switch (classNumber) {
            case ObjectIndex.ARRAY -> null;
            case ObjectIndex.UNKNOWN -> classes.get(file.id(objects.position(number) - 4 - file.idSize()));
            default -> classes.of(classNumber);
        };
    }

    private boolean isArray(int number) {
        return objects.classNumber(number) == ObjectIndex.ARRAY;
    }

    /** Whether the object is an instance of the class of this name or of one below it. */
    public boolean isA(long objectId, String className) {
        HeapClass type = classOf(objectId);
        return type != null && type.isA(className);
    }

    /** What a field of this name refers to, 0 if to nothing or if there is no such field; that of a subclass goes first. */
    public long reference(long objectId, String field) {
        long at = fieldAt(objectId, field);
        return at == 0 ? 0 : file.id(at);
    }

    /** The number in a field of type int, long, boolean or byte; 0 if there is no such field. */
    public long number(long objectId, String field) {
        int number = objects.find(objectId);
        HeapClass type = number < 0 ? null : classAt(number);
        long at = number < 0 ? 0 : objects.position(number);
        for (HeapClass c = type; c != null; c = c.superclass()) {
            int position = c.field(field);
            if (position >= 0) {
                long value = at + c.offset(position);
                return switch (c.type(position)) {
                    case HprofType.INT -> file.i4(value);
                    case HprofType.LONG -> file.i8(value);
                    case HprofType.BOOLEAN, HprofType.BYTE -> file.u1(value);
                    default -> 0;
                };
            }
            at += c.ownBytes();
        }
        return 0;
    }

    /** The value of a static field of type int, {@code otherwise} if there is no such class or field. */
    public int staticInt(String className, String field, int otherwise) {
        return classes.staticInt(className, field, otherwise);
    }

    /** What a static field refers to, 0 if to nothing or if there is no such class or field. */
    public long staticReference(String className, String field) {
        return classes.staticReference(className, field);
    }

    /** All that an object or an array refers to, except what a thread keeps for itself. */
    public void references(long objectId, LongConsumer each) {
        int number = numberOf(objectId);
        if (number >= 0) {
            references(number, false, each);
        }
    }

    /** All that a thread refers to, also what it keeps for itself. */
    public void privateReferences(long threadId, LongConsumer each) {
        references(numberOf(threadId), true, each);
    }

    /** Whether instances of this object's class have such a field. */
    public boolean has(long objectId, String field) {
        return fieldAt(objectId, field) != 0;
    }

    private long fieldAt(long objectId, String field) {
        int number = objects.find(objectId);
        HeapClass type = number < 0 ? null : classAt(number);
        long at = number < 0 ? 0 : objects.position(number);
        for (HeapClass c = type; c != null; c = c.superclass()) {
            int position = c.field(field);
            if (position >= 0) {
                return at + c.offset(position);
            }
            at += c.ownBytes();
        }
        return 0;
    }

    /** What the elements of an array of references refer to, nulls left out; nothing if it is no such array. */
    public List<Long> elements(long arrayId) {
        List<Long> elements = new ArrayList<>();
        int number = objects.find(arrayId);
        if (number >= 0 && isArray(number)) {
            elements(number, elements::add);
        }
        return elements;
    }

    private void elements(int array, LongConsumer each) {
        long at = objects.position(array);
        long count = file.u4(at - 4 - file.idSize());
        for (long i = 0; i < count; i++) {
            accept(file.id(at + i * file.idSize()), each);
        }
    }

    /** Texts of these strings, by their ids. Reads the places where they stand: ask for all at once. */
    public Map<Long, String> texts(Iterable<Long> stringIds) {
        return new HeapLeaves(file, classes, blocks).texts(stringIds);
    }

    /** What these arrays of bytes hold, at most their first 10,000; what is none is left out. Reads the places where they stand. */
    public Map<Long, byte[]> bytes(Collection<Long> arrayIds) {
        return new HeapLeaves(file, classes, blocks).bytes(arrayIds);
    }

    /** Binary name of the class that has this id, empty if it is no class. */
    public String nameOfClass(long classId) {
        HeapClass type = classes.get(classId);
        return type == null ? "" : type.name();
    }

    /** Ids of all classes with such a name. */
    public List<Long> classes(Predicate<String> name) {
        List<Long> found = new ArrayList<>();
        for (long id : classes.ids()) {
            if (name.test(nameOfClass(id))) {
                found.add(id);
            }
        }
        return found;
    }

    /** What the static fields of a class refer to, nulls left out; nothing if it is no class. */
    public List<Long> staticReferences(long classId) {
        return classes.staticReferences(classId);
    }

    /** Names of the classes of these objects, by their ids, also of those that refer to nothing. Reads the places where they stand. */
    public Map<Long, String> classNames(Collection<Long> objectIds) {
        Map<Long, String> names = new HashMap<>();
        List<Long> leaves = new ArrayList<>();
        for (long id : objectIds) {
            HeapClass type = classOf(id);
            if (type != null) {
                names.put(id, type.name());
            } else if (id != 0) {
                leaves.add(id);
            }
        }
        new HeapLeaves(file, classes, blocks).classes(leaves).forEach((id, type) -> names.put(id, type.name()));
        return names;
    }

    /** What is alive whatever the threads do: what native code and the static fields of classes refer to. */
    void roots(LongConsumer each) {
        roots.forEach(each::accept);
        classes.ids().forEach(id -> classes.references(id).forEach(reference -> accept(reference, each)));
    }

    /**
     * All that the object of this number refers to.
     *
     * @param withPrivate whether what a thread keeps for itself counts as well
     */
    void references(int number, boolean withPrivate, LongConsumer each) {
        if (isArray(number)) {
            elements(number, each);
            return;
        }
        HeapClass type = classAt(number);
        if (type != null) {
            long at = objects.position(number);
            for (int offset : withPrivate ? type.allReferences() : type.publicReferences()) {
                accept(file.id(at + offset), each);
            }
        }
    }

    /** Whether the object of this number is a thread. */
    boolean isThread(int number) {
        HeapClass type = classAt(number);
        return type != null && type.isThread();
    }

    /** The id of the object of this number. */
    long idOf(int number) {
        return objects.id(number);
    }

    private static void accept(long reference, LongConsumer each) {
        if (reference != 0) {
            each.accept(reference);
        }
    }

    /** A dense number for an object that refers to others, negative for one that does not. */
    int numberOf(long objectId) {
        return objects.find(objectId);
    }

    int numbers() {
        return objects.size();
    }

    /** Ids of all instances of the class of this name, or of ones below it. */
    public List<Long> instancesOf(String className) {
        return instancesOf(Set.of(className)).getOrDefault(className, List.of());
    }

    /** The same for several classes, none of which is below another, in one go. */
    public Map<String, List<Long>> instancesOf(Set<String> classNames) {
        Map<String, List<Long>> found = new HashMap<>();
        @Nullable String[] names = new String[classes.count()];
        boolean[] isKnown = new boolean[names.length];
        for (int number = 0; number < objects.size(); number++) {
            int type = objects.classNumber(number);
            if (type == ObjectIndex.ARRAY) {
                continue;
            }
            if (type == ObjectIndex.UNKNOWN || !isKnown[type]) {
                names[type] = wanted(classAt(number), classNames);
                isKnown[type] = true;
            }
            String name = names[type];
            if (name != null) {
                found.computeIfAbsent(name, n -> new ArrayList<>()).add(objects.id(number));
            }
        }
        return found;
    }

    private static @Nullable String wanted(@Nullable HeapClass type, Set<String> classNames) {
        return type == null
                ? null
                : classNames.stream().filter(type::isA).findFirst().orElse(null);
    }
}
