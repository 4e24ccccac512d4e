package dev.asyncinspect.core.wire;

import java.io.IOException;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
import org.jspecify.annotations.Nullable;

/** Who is at the other end of a Unix domain socket, as the kernel says. */
public final class PeerCredentials {

    /*
     * The option SO_PEERCRED lives in the module jdk.net, which an observed program's runtime image may not have, and the
     * wire uses java.base only. So it is looked up by its name among those that the channel offers.
     */

    private static final String OPTION = "SO_PEERCRED";

    private PeerCredentials() {}

    /** The user of the process at the other end, null if this system or runtime image does not tell. */
    public static @Nullable UserPrincipal user(SocketChannel channel) throws IOException {
        for (SocketOption<?> option : channel.supportedOptions()) {
            if (option.name().equals(OPTION)) {
                return user(channel.getOption(option));
            }
        }
        return null;
    }

    /** Whether this user may use the link of that owner: the owner and root may. */
    public static boolean isOwnerOrRoot(UserPrincipal user, UserPrincipal owner) {
        return user.equals(owner)
                || user.getName().equals("root")
                || user.getName().equals("0");
    }

    private static @Nullable UserPrincipal user(@Nullable Object credentials) throws IOException {
        if (credentials == null) {
            return null;
        }
        try {
            return (UserPrincipal) component(credentials, "user");
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new IOException("cannot read who is at the other end: " + e, e);
        }
    }

    private static Object component(Object record, String name) throws ReflectiveOperationException {
        return record.getClass().getMethod(name).invoke(record);
    }
}
