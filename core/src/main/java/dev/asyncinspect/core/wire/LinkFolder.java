package dev.asyncinspect.core.wire;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;

/**
 * The folder that holds the sockets of one user's agents. That only its user can enter it is what protects them: both
 * sides check it before they use a socket in it.
 */
public final class LinkFolder {

    private static final Set<PosixFilePermission> PRIVATE = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private LinkFolder() {}

    /**
     * Creates the folder, open to our user only, or takes the one that is there if it is as safe.
     *
     * @throws IOException if it cannot be had or is not safe; the message says which of the rules it breaks
     */
    public static void create(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PRIVATE));
        } catch (FileAlreadyExistsException e) {
            // another agent of this user made it, or somebody who means harm: the check tells
        } catch (UnsupportedOperationException e) {
            throw new IOException("the file system of " + folder + " does not know who may open a file", e);
        }
        requirePrivate(folder);
    }

    /**
     * Checks that the folder is a real one, no symbolic link, and closed to everybody but its owner.
     *
     * @return its owner, who must be compared with whoever ought to own it
     * @throws IOException if it is not; the message says which of the rules it breaks
     */
    public static UserPrincipal requirePrivate(Path folder) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink() || !attributes.isDirectory()) {
            throw new IOException(folder + " is no folder but a symbolic link or a file");
        }
        Set<PosixFilePermission> others = EnumSet.noneOf(PosixFilePermission.class);
        others.addAll(attributes.permissions());
        others.removeAll(PRIVATE);
        if (!others.isEmpty()) {
            throw new IOException(folder + " is open to other users: "
                    + PosixFilePermissions.toString(attributes.permissions()) + " instead of rwx------");
        }
        return attributes.owner();
    }

    /** The owner of a file itself, not of what a symbolic link points to. */
    public static UserPrincipal owner(Path file) throws IOException {
        return Files.getOwner(file, LinkOption.NOFOLLOW_LINKS);
    }
}
