package dev.asyncinspect.core;

/** A choice of settings that go together. */
public enum Mode {
    /** One task in ten, 8 MB of last events, no creation sites. */
    PRODUCTION,
    /** Every task, 32 MB of last events, no creation sites. */
    DEVELOPMENT,
    /** Every task with its creation site (some microseconds for each), 64 MB of last events. */
    DEBUG,
    /** Settings that were chosen one by one. */
    CUSTOM
}
