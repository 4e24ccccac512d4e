package dev.asyncinspect.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What programs and integrations are compiled against, version 1: a line that goes or changes here breaks one of them.
 * {@code -Dgolden.rewrite=true} rewrites the files.
 */
class PublicInterfaceTest {

    private static final Path FOLDER = Path.of("src/test/resources/api");

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.asyncinspect.core", "dev.asyncinspect.weaving");

    @ParameterizedTest
    @ValueSource(strings = {"core", "core.sync", "weaving"})
    void what_a_package_offers_is_what_its_file_says(String name) throws IOException, ClassNotFoundException {
        Path file = FOLDER.resolve(name + ".txt");
        String offered = PublicInterface.of("dev.asyncinspect." + name, classes);
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, offered);
        }

        assertThat(offered).as("%s", file).isNotEmpty().isEqualTo(Files.readString(file));
    }
}
