package dev.asyncinspect.integrations.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options by which a JVM writes an archive of its classes, and those by which it only reads one. */
class ClassArchiveTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-XX:AOTCacheOutput=shop.aot",
                "-XX:AOTMode=record",
                "-XX:AOTMode=create",
                "-XX:+AllowArchivingWithJavaAgent"
            })
    void an_option_that_writes_an_archive_is_told(String option) {
        assertThat(ClassArchive.option(List.of("-Xmx1g", option, "-Dshop=open")))
                .isEqualTo(option);
    }

    @Test
    void options_that_read_an_archive_are_none() {
        assertThat(ClassArchive.option(List.of(
                        "-XX:AOTCache=shop.aot",
                        "-XX:AOTMode=auto",
                        "-XX:AOTMode=on",
                        "-Xshare:auto",
                        "-XX:SharedArchiveFile=a")))
                .isNull();
    }
}
