package dev.asyncinspect.weaving.program;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds among the classes that are loaded already those that are to be woven. */
final class ProgramClasses {

    /*
     * Annotations are not asked for by reflection: that would load classes, and can fail. The class file is read, and only where
     * the loader knows the annotation at all; in a program that does not use the library that is one question for each loader. What has
     * no file, because it was made at run time, is not found.
     */

    private static final String ANNOTATION = "dev/asyncinspect/core/Trace.class";
    private static final String LIBRARY = "dev.asyncinspect.core.";
    private static final String RECORDER = LIBRARY + "recorder.Recorder";
    private static final String MADE = RECORDER + "$Global";

    private final Instrumentation instrumentation;
    private final Map<ClassLoader, Boolean> knowsAnnotation = new HashMap<>();

    ProgramClasses(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /** Recorders of libraries that the program ships, of whatever version. */
    List<Class<?>> recorders() {
        return named(RECORDER);
    }

    /** The recorders that exist, of these classes. */
    @SuppressWarnings("ReferenceEquality") // equals would run code of the program
    List<Object> existing(List<Class<?>> recorders) throws ReflectiveOperationException {
        List<Object> existing = new ArrayList<>();
        for (Class<?> made : named(MADE)) {
            for (Class<?> recorder : recorders) {
                Object one = recorder.getClassLoader() == made.getClassLoader() ? Theirs.global(recorder) : null;
                if (one != null) {
                    existing.add(one);
                }
            }
        }
        return existing;
    }

    private List<Class<?>> named(String name) {
        List<Class<?>> found = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (type.getName().equals(name) && ProgramTransformer.isProgram(type.getClassLoader())) {
                found.add(type);
            }
        }
        return found;
    }

    /** Those that keep a logging context. */
    List<Class<?>> contexts() {
        List<Class<?>> found = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (ContextWeaver.isContext(type.getName().replace('.', '/'))
                    && ProgramTransformer.isProgram(type.getClassLoader())) {
                found.add(type);
            }
        }
        return found;
    }

    /** Classes that carry the annotation, or one of whose methods does. */
    List<Class<?>> traced() {
        List<Class<?>> found = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            ClassLoader loader = type.getClassLoader();
            if (ProgramTransformer.isProgram(loader)
                    && !type.isArray()
                    && !type.isHidden()
                    && !type.getName().startsWith(LIBRARY)
                    && knowsAnnotation.computeIfAbsent(loader, ProgramClasses::knowsAnnotation)
                    && isTraced(type, loader)) {
                found.add(type);
            }
        }
        return found;
    }

    private static boolean knowsAnnotation(ClassLoader loader) {
        try {
            return loader.getResource(ANNOTATION) != null;
        } catch (RuntimeException | LinkageError e) {
            return false; // a loader of the program that does not answer: what it loaded is not looked at
        }
    }

    private static boolean isTraced(Class<?> type, ClassLoader loader) {
        try (InputStream in = loader.getResourceAsStream(type.getName().replace('.', '/') + ".class")) {
            return in != null && TraceMark.in(in.readAllBytes());
        } catch (IOException | RuntimeException | LinkageError e) {
            return false; // likewise
        }
    }
}
