import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An agent that has nothing to do with ours. It writes the classes of the JDK that hooks could be in to the folder that it is
 * given, as they are after all other agents had their hands on them.
 */
public final class Looker {

    public static void agentmain(String folder, Instrumentation instrumentation) throws Exception {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (mayHaveHooks(type) && instrumentation.isModifiableClass(type)) {
                classes.add(type);
            }
        }
        Map<String, byte[]> read = new HashMap<>();
        ClassFileTransformer reader = new ClassFileTransformer() {
            @Override
            public byte[] transform(
                    ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
                if (type != null && classes.contains(type)) {
                    read.put(type.getName(), bytes.clone());
                }
                return null;
            }
        };
        instrumentation.addTransformer(reader, true);
        try {
            instrumentation.retransformClasses(classes.toArray(new Class<?>[0]));
        } finally {
            instrumentation.removeTransformer(reader);
        }
        for (Map.Entry<String, byte[]> each : read.entrySet()) {
            Files.write(Path.of(folder, each.getKey() + ".class"), each.getValue());
        }
    }

    private static boolean mayHaveHooks(Class<?> type) {
        String name = type.getName();
        return type.getClassLoader() == null
                && !type.isArray()
                && !type.isHidden()
                && (name.startsWith("java.util.concurrent.")
                        || name.startsWith("java.lang.Thread")
                        || name.startsWith("java.lang.VirtualThread"));
    }
}
