package dev.asyncinspect.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ImportTableTest {

    /** How many exceptions there are. Lower it when one goes; never raise it. */
    private static final int DEBTS = 0;

    private static final String ROOT = "dev.asyncinspect.";

    private final ImportTable table = ImportTable.load();
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.asyncinspect");

    @Test
    void every_module_has_its_row_in_the_table() {
        Set<String> modules = new TreeSet<>();
        for (JavaClass type : classes) {
            if (!module(type).isEmpty()) {
                modules.add(module(type));
            }
        }
        assertThat(modules).as("modules on the class path").contains("model", "analysis", "sources");
        assertThat(table.allowed().keySet()).containsAll(modules);
    }

    @Test
    void nobody_imports_what_the_table_does_not_allow() {
        List<String> violations = new ArrayList<>();
        Set<ImportTable.Debt> used = new HashSet<>();
        for (JavaClass type : classes) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (!isAllowed(module(type), target) && !isDebt(type, target, used)) {
                    violations.add(type.getName() + " -> " + target.getName());
                }
            }
        }
        assertThat(violations).as("imports that are not in allowed-imports.txt").isEmpty();
        assertThat(used)
                .as("exceptions that are still needed; delete the others")
                .containsAll(table.debts());
    }

    @Test
    void the_list_of_exceptions_only_shrinks() {
        assertThat(table.debts()).hasSizeLessThanOrEqualTo(DEBTS);
    }

    private boolean isAllowed(String module, JavaClass target) {
        String name = target.getName();
        if (module.isEmpty() || target.isPrimitive() || name.startsWith("java.") || name.startsWith("org.jspecify.")) {
            return true;
        }
        if (name.startsWith(ROOT)) {
            String other = module(target);
            return other.equals(module) || allowedTo(module).contains(other);
        }
        return allowedTo(module).stream().anyMatch(library -> name.startsWith(library + "."));
    }

    private Set<String> allowedTo(String module) {
        return table.allowed().getOrDefault(module, Set.of());
    }

    private boolean isDebt(JavaClass from, JavaClass to, Set<ImportTable.Debt> used) {
        for (ImportTable.Debt debt : table.debts()) {
            if (from.getName().startsWith(debt.from()) && to.getName().startsWith(debt.to())) {
                used.add(debt);
                return true;
            }
        }
        return false;
    }

    /** The first package below the root; empty for the bootstrap classes of the bundle. */
    private static String module(JavaClass type) {
        String name = type.getPackageName() + ".";
        if (!name.startsWith(ROOT) || name.length() == ROOT.length()) {
            return "";
        }
        return name.substring(ROOT.length(), name.indexOf('.', ROOT.length()));
    }
}
