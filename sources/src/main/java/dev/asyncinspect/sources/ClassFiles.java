package dev.asyncinspect.sources;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the bytes of classes by name: on a given class path, on that of a live JVM, in the JDK that runs us. */
public interface ClassFiles {

    /** The class file of this binary name, null if it is not to be had. */
    byte @Nullable [] find(String className);

    /** Finds nothing: await sites are lines only, and say so. */
    static ClassFiles none() {
        return className -> null;
    }

    /** Finds classes in these jars and folders. */
    static ClassFiles on(List<Path> classPath) {
        return new ClassPath(classPath);
    }
}
