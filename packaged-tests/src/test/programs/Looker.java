import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An agent that has nothing to do with ours and tells of some classes what is in the JVM: the names that the installed code uses,
 * and then the bytes that a retransformation begins with and that all other agents have had their hands on.
 */
public final class Looker {

    /** {@code OUT CLASS CLASS …}, a line for each class. */
    public static void agentmain(String arguments, Instrumentation instrumentation) throws Exception {
        String[] words = arguments.split(" ");
        Map<String, Set<Module>> exports = new HashMap<>();
        for (String name : List.of("jdk.internal.access", "jdk.internal.reflect")) {
            exports.put(name, Set.of(Looker.class.getModule()));
        }
        instrumentation.redefineModule(
                Object.class.getModule(), Set.of(), Map.of(), exports, Set.of(), Map.of());
        List<Class<?>> classes = new ArrayList<>();
        Map<String, String> lines = new TreeMap<>();
        for (int i = 1; i < words.length; i++) {
            Class<?> type;
            try {
                type = Class.forName(words[i], false, null);
            } catch (ClassNotFoundException e) {
                continue; // of another JDK
            }
            classes.add(type);
            lines.put(type.getName(), "uses " + Integer.toHexString(names(type).hashCode()) + " ours "
                    + names(type).stream().filter(name -> name.contains("asyncinspect") || name.contains("Bridge"))
                            .toList());
        }
        ClassFileTransformer reader = new ClassFileTransformer() {
            @Override
            public byte[] transform(
                    ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
                if (type != null && classes.contains(type)) {
                    lines.merge(type.getName(), hash(bytes), (one, other) -> one + " bytes " + other);
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
        List<String> text = new ArrayList<>();
        lines.forEach((name, line) -> text.add(name + " " + line));
        Path written = Files.write(Path.of(words[0] + ".part"), text);
        Files.move(written, Path.of(words[0]));
    }

    private static Set<String> names(Class<?> type) throws Exception {
        Object access = Class.forName("jdk.internal.access.SharedSecrets")
                .getMethod("getJavaLangAccess")
                .invoke(null);
        Object pool = Class.forName("jdk.internal.access.JavaLangAccess")
                .getMethod("getConstantPool", Class.class)
                .invoke(access, type);
        Class<?> poolType = Class.forName("jdk.internal.reflect.ConstantPool");
        Method size = poolType.getMethod("getSize");
        Method tag = poolType.getMethod("getTagAt", int.class);
        Method member = poolType.getMethod("getMemberRefInfoAt", int.class);
        Set<String> names = new TreeSet<>();
        int entries = (int) size.invoke(pool);
        for (int i = 1; i < entries; i++) {
            if (tag.invoke(pool, i).toString().endsWith("METHODREF")) {
                names.add(String.join(".", (String[]) member.invoke(pool, i)));
            }
        }
        return names;
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (Exception e) {
            return e.toString();
        }
    }
}
