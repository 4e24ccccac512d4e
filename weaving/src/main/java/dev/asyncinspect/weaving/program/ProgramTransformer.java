package dev.asyncinspect.weaving.program;

import dev.asyncinspect.core.event.Symbols;
import dev.asyncinspect.core.recorder.Recorder;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;

/** Weaves classes of the program as they are loaded, or transformed anew. */
final class ProgramTransformer implements ClassFileTransformer {

    /*
     * On whatever thread of the program loads a class. Nothing gets out: what fails is counted, and the class stays as it is. For a class
     * that is none of ours this is a look at its name and at the texts of its constant pool.
     *
     * Our own classes come by here too, when they are loaded for the first time: they are told by their loader.
     */

    private static final String LIBRARY = "dev/asyncinspect/core/";

    private final Recorder recorder;
    private final ProgramTable table;
    private final boolean contexts;
    final WovenClasses woven = new WovenClasses();

    /**
     * For one recording.
     *
     * @param contexts whether logging contexts are to be told of
     */
    ProgramTransformer(Recorder recorder, ProgramTable table, boolean contexts) {
        this.recorder = recorder;
        this.table = table;
        this.contexts = contexts;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> type,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (name == null || loader == null || !isProgram(loader)) {
            return null;
        }
        try {
            if (name.startsWith(LIBRARY)) {
                return name.equals(LibraryWeaver.TYPE) ? library(loader, bytes) : null;
            }
            if (contexts && ContextWeaver.isContext(name)) {
                return context(loader, name, bytes);
            }
            return TraceMark.in(bytes) ? traced(loader, name, bytes) : null;
        } catch (Throwable e) {
            table.failed(name, e);
            return null;
        }
    }

    /** Whether classes of this loader are the program's: neither the JDK's nor ours. */
    @SuppressWarnings("ReferenceEquality") // equals would run code of the program
    static boolean isProgram(@Nullable ClassLoader loader) {
        return loader != null
                && loader != ProgramTransformer.class.getClassLoader()
                && loader != ClassLoader.getPlatformClassLoader();
    }

    private byte @Nullable [] library(ClassLoader loader, byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        String obstacle = LibraryWeaver.obstacle(reader);
        if (obstacle != null) {
            table.libraryLeftAlone(obstacle);
            return null;
        }
        byte[] result = LibraryWeaver.weave(reader);
        if (!woven.contains(loader, LibraryWeaver.TYPE)) {
            woven.add(loader, LibraryWeaver.TYPE);
            table.libraryJoined();
        }
        return result;
    }

    private byte @Nullable [] context(ClassLoader loader, String name, byte[] bytes) {
        ContextWeaver.Woven result = ContextWeaver.weave(new ClassReader(bytes));
        if (result.places() > 0 && !woven.contains(loader, name)) {
            woven.add(loader, name);
            table.context(result.places());
        }
        return result.places() == 0 ? null : result.bytes();
    }

    private byte @Nullable [] traced(ClassLoader loader, String name, byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        AwaitTypes types = new AwaitTypes(loader, reader);
        TraceWeaver.Woven result = TraceWeaver.weave(reader, TraceReader.methods(reader, types), types, this::symbol);
        if (result == null) {
            return null;
        }
        recorder.labels().turnOn();
        if (!woven.contains(loader, name)) {
            woven.add(loader, name);
            table.traced(name, result);
        }
        return result.bytes();
    }

    /** A label that found no room in the table is none: the await then goes by what it waits at. */
    private int symbol(String label) {
        int symbol = recorder.symbol(label);
        return symbol == Symbols.OVERFLOW ? Symbols.NONE : symbol;
    }
}
