import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the classes that woven code calls into a folder with the classes of the agent, as their loader reads them: {@code java -cp FOLDER
 * MakeBridges.java FOLDER}. The agent would make the same bytes, while a program waits for it. Run by the build of the bundle.
 */
public final class MakeBridges {

    private static final String WEAVING = "dev.asyncinspect.weaving.";

    private MakeBridges() {}

    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        for (String holder : List.of("JdkBridge", "program.ProgramBridge")) {
            Field field = Class.forName(WEAVING + holder).getDeclaredField("LAYOUT");
            field.setAccessible(true);
            Object layout = field.get(null);
            Method bytes = Class.forName(WEAVING + "internal.BridgeClass").getDeclaredMethod("bytes", layout.getClass());
            bytes.setAccessible(true);
            String file = (String) layout.getClass().getMethod("file").invoke(layout);
            Path folder = Path.of(args[0]).resolve((WEAVING + "internal").replace('.', '/'));
            Files.write(folder.resolve(file), (byte[]) bytes.invoke(null, layout));
        }
    }
}
