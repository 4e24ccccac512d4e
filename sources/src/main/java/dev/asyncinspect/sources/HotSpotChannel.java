package dev.asyncinspect.sources;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The attach mechanism of HotSpot, as the JDK's own tools use it. */
final class HotSpotChannel implements AttachChannel {

    /*
     * VirtualMachine has no public method for diagnostic commands; jcmd itself calls HotSpotVirtualMachine.executeJCmd. The
     * jar's manifest exports that package to us. A method handle instead of a direct call keeps the module on --release 17.
     */

    private static final String IMPLEMENTATION = "sun.tools.attach.HotSpotVirtualMachine";

    private final VirtualMachine jvm;

    /** The short way, null where there is none. */
    private final @Nullable AttachSocket socket;

    private HotSpotChannel(VirtualMachine jvm, @Nullable AttachSocket socket) {
        this.jvm = jvm;
        this.socket = socket;
    }

    static AttachChannel open(long pid) throws IOException {
        try {
            return new HotSpotChannel(VirtualMachine.attach(String.valueOf(pid)), AttachSocket.of(pid));
        } catch (AttachNotSupportedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public String command(String command) throws IOException {
        return answer(command).toString();
    }

    @Override
    public AnswerText answer(String command) throws IOException {
        AnswerText answer = socket == null ? null : socket.jcmd(command);
        return answer == null ? asJcmdAsks(command) : answer;
    }

    private AnswerText asJcmdAsks(String command) throws IOException {
        try {
            Class<?> type = Class.forName(IMPLEMENTATION, true, VirtualMachine.class.getClassLoader());
            MethodHandle execute = MethodHandles.lookup()
                    .findVirtual(type, "executeJCmd", MethodType.methodType(InputStream.class, String.class));
            try (InputStream answer = (InputStream) execute.invoke(jvm, command)) {
                // Not readAllBytes: the attach stream takes a read of zero bytes for its end and would lose the rest.
                ByteArrayOutputStream text = new ByteArrayOutputStream();
                answer.transferTo(text);
                return new AnswerText(text.toByteArray(), text.size());
            }
        } catch (ReflectiveOperationException e) {
            throw new IOException("this JDK does not let us send diagnostic commands (" + e + ")", e);
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(e.toString(), e);
        }
    }

    @Override
    public Properties systemProperties() throws IOException {
        return jvm.getSystemProperties();
    }

    @Override
    public void close() throws IOException {
        jvm.detach();
    }
}
