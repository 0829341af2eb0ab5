# Writes the project of IntelliJ IDEA: one module for each module, with its tests, and one for the other files. Part of
# build.sh.

intellij() {
    local module
    mkdir -p .idea/codeStyles .idea/libraries .idea/runConfigurations
    for module in $(ide_modules); do intellij_module "$module" > "ide/$module/$module.iml"; done
    intellij_root_module > ide/dealbrain.iml
    intellij_component .idea/modules.xml ProjectModuleManager "<modules>
$(for module in $(ide_modules); do intellij_module_file "$module/$module"; done; intellij_module_file dealbrain)
    </modules>"
    intellij_component .idea/misc.xml ProjectRootManager '<output url="file://$PROJECT_DIR$/build/idea" />' \
        "version=\"2\" languageLevel=\"JDK_$JDK_NEEDED\" project-jdk-name=\"$JDK_NEEDED\" project-jdk-type=\"JavaSDK\""
    intellij_compiler
    intellij_library main
    intellij_library test
    intellij_code_style
    intellij_runs
}

# intellij_component FILE NAME CONTENT [ATTRIBUTES]
intellij_component() {
    cat > "$1" <<XML
<?xml version="1.0" encoding="UTF-8"?>
<project version="4">
  <component name="$2" ${4:-}>
    $3
  </component>
</project>
XML
}

intellij_module_file() {
    local file="\$PROJECT_DIR\$/ide/$1.iml"
    echo "      <module fileurl=\"file://$file\" filepath=\"$file\" />"
}

intellij_module() {
    local each root='file://$MODULE_DIR$/../..' tests
    tests=$(test_folder "$1")
    echo '<?xml version="1.0" encoding="UTF-8"?>'
    echo '<module type="JAVA_MODULE" version="4">'
    echo '  <component name="NewModuleRootManager" inherit-compiler-output="true">'
    echo '    <exclude-output />'
    intellij_content "$root/$(source_folder "$1")" 'isTestSource="false"'
    [ -z "$tests" ] || intellij_content "$root/$tests" 'isTestSource="true"'
    [ "$1" != "${MIGRATIONS%%/*}" ] ||
        intellij_content "$root/sql" "type=\"java-resource\" relativeOutputPath=\"${MIGRATIONS#*/}\""
    echo '    <orderEntry type="inheritedJdk" />'
    echo '    <orderEntry type="sourceFolder" forTests="false" />'
    for each in $(required_modules "$1"); do echo "    <orderEntry type=\"module\" module-name=\"$each\" />"; done
    echo '    <orderEntry type="library" name="main" level="project" />'
    if is_helper "$1"; then echo '    <orderEntry type="library" name="test" level="project" />'; fi
    if [ -n "$tests" ]; then
        for each in $(test_modules_of "$1"); do
            echo "    <orderEntry type=\"module\" module-name=\"$each\" scope=\"TEST\" />"
        done
        echo '    <orderEntry type="library" scope="TEST" name="test" level="project" />'
    fi
    echo '  </component>'
    echo '</module>'
}

# intellij_content FOLDER ATTRIBUTES
intellij_content() { echo "    <content url=\"$1\"><sourceFolder url=\"$1\" $2 /></content>"; }

# The module of all other files: documents, scripts, SQL.
intellij_root_module() {
    cat <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<module type="JAVA_MODULE" version="4">
  <component name="NewModuleRootManager">
    <content url="file://$MODULE_DIR$/..">
      <excludeFolder url="file://$MODULE_DIR$/../build" />
      <excludeFolder url="file://$MODULE_DIR$/../ide" />
      <excludeFolder url="file://$MODULE_DIR$/../var" />
    </content>
    <orderEntry type="inheritedJdk" />
  </component>
</module>
XML
}

# intellij_library main|test: all jars of a folder of lib.
intellij_library() {
    cat > ".idea/libraries/$1.xml" <<XML
<component name="libraryTable">
  <library name="$1">
    <CLASSES><root url="file://\$PROJECT_DIR\$/lib/$1" /></CLASSES>
    <JAVADOC />
    <SOURCES />
    <jarDirectory url="file://\$PROJECT_DIR\$/lib/$1" recursive="false" />
  </library>
</component>
XML
}

# Parameter names are needed at run time. Helper modules use JUnit, which is on the class path.
intellij_compiler() {
    local each
    cat > .idea/compiler.xml <<XML
<?xml version="1.0" encoding="UTF-8"?>
<project version="4">
  <component name="CompilerConfiguration">
    <bytecodeTargetLevel target="$JDK_NEEDED" />
  </component>
  <component name="JavacSettings">
    <option name="ADDITIONAL_OPTIONS_STRING" value="-parameters" />
    <option name="ADDITIONAL_OPTIONS_OVERRIDE">
$(for each in $(helper_modules); do
    echo "      <module name=\"$each\" options=\"-parameters --add-reads $each=ALL-UNNAMED\" />"
done)
    </option>
  </component>
</project>
XML
    intellij_component .idea/encodings.xml Encoding '<file url="PROJECT" charset="UTF-8" />'
    intellij_component .idea/vcs.xml VcsDirectoryMappings '<mapping directory="" vcs="Git" />'
}

intellij_code_style() {
    cat > .idea/codeStyles/codeStyleConfig.xml <<'XML'
<component name="ProjectCodeStyleConfiguration">
  <state><option name="USE_PER_PROJECT_SETTINGS" value="true" /></state>
</component>
XML
    cat > .idea/codeStyles/Project.xml <<'XML'
<component name="ProjectCodeStyleConfiguration">
  <code_scheme name="Project" version="173">
    <option name="RIGHT_MARGIN" value="120" />
    <JavaCodeStyleSettings>
      <option name="CLASS_COUNT_TO_USE_IMPORT_ON_DEMAND" value="999" />
      <option name="NAMES_COUNT_TO_USE_IMPORT_ON_DEMAND" value="999" />
    </JavaCodeStyleSettings>
  </code_scheme>
</component>
XML
}

# Run configurations: the application, the tests of one module, a debugger, and the defaults of all tests.
intellij_runs() {
    local reads
    reads=$(for each in $(modules src); do echo "--add-reads $each=$(join , $(ide_reads))"; done | tr '\n' ' ')
    intellij_run dealbrain Application dealbrain.app "${JVM[*]}" \
        '<option name="MAIN_CLASS_NAME" value="dealbrain.app.Main" />'
    intellij_run 'tests of http' JUnit dealbrain.http "-ea --add-modules java.net.http,jdk.httpserver $reads" \
        '<option name="PACKAGE_NAME" value="dealbrain.http" /><option name="TEST_OBJECT" value="package" />'
    intellij_run '' JUnit '' "-ea --add-modules java.net.http,jdk.httpserver $reads" ''
    intellij_run 'attach to 5005' Remote '' '' '<option name="USE_SOCKET_TRANSPORT" value="true" />
    <option name="SERVER_MODE" value="false" />
    <option name="HOST" value="localhost" />
    <option name="PORT" value="5005" />'
}

# intellij_run NAME TYPE MODULE VM_OPTIONS OPTIONS; without a name, the defaults of a type.
intellij_run() {
    local name='default="true"'
    [ -z "$1" ] || name="default=\"false\" name=\"$1\""
    cat > ".idea/runConfigurations/${1:-_template__of_$2}.xml" <<XML
<component name="ProjectRunConfigurationManager">
  <configuration $name type="$2" factoryName="$2">
    <module name="$3" />
    $5
    <option name="VM_PARAMETERS" value="$4" />
    <option name="WORKING_DIRECTORY" value="\$PROJECT_DIR\$" />
    <method v="2"><option name="Make" enabled="true" /></method>
  </configuration>
</component>
XML
}
