package dev.asyncinspect.core.recording;

/**
 * How large a recording may become.
 *
 * @param fileBytes a file that has reached this is followed by another one
 * @param filesKept how many files there are at most, the newest included
 */
public record RecordingLimits(long fileBytes, int filesKept) {

    /** Four files of 64 MB: about eight million events. */
    public static final RecordingLimits DEFAULT = new RecordingLimits(64L << 20, 4);

    private static final long MIN_FILE_BYTES = 64 * 1024;

    /** A file holds 64 KB at least. */
    public RecordingLimits {
        if (fileBytes < MIN_FILE_BYTES) {
            throw new IllegalArgumentException("a file of a recording must have 65536 bytes or more: " + fileBytes);
        }
        if (filesKept < 1) {
            throw new IllegalArgumentException("a recording has one file at least: " + filesKept);
        }
    }
}
