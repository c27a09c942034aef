package dev.pgoperator.cloud;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The library of AWS blocks, so nobody else may know it. */
class CloudWallTest {

  @Test
  void onlyThisRoomKnowsTheLibraryOfAws() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.pgoperator.cloud")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon..")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.pgoperator"));
  }
}
