package dev.asyncinspect.weaving.program;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Loads a program of its own, as one that knows nothing of us: the classes of package {@code guest}, and its own copy of the library. */
final class GuestLoader extends ClassLoader {

    private final ClassLoader files = Objects.requireNonNull(GuestLoader.class.getClassLoader());

    GuestLoader() {
        super(getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String file = name.replace('.', '/') + ".class";
        try (InputStream in = name.startsWith("guest.") || name.startsWith("dev.asyncinspect.core.")
                ? files.getResourceAsStream(file)
                : null) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    @Override
    protected @Nullable URL findResource(String name) {
        return files.getResource(name);
    }

    /** Calls a static method. */
    Object call(String type, String method, Object... arguments) {
        try {
            return Arrays.stream(loadClass("guest." + type).getMethods())
                    .filter(candidate -> candidate.getName().equals(method))
                    .findFirst()
                    .orElseThrow()
                    .invoke(null, arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type, e);
        }
    }
}
