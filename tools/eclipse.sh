# Writes the projects of Eclipse and VS Code, both of which use JDT: one for each module, with its tests. JDT compiles a
# test folder as a part of the module and lets it read the class path, so that what only tests use is there. The
# projects depend on each other in circles through their tests.

eclipse() {
    local module each
    for module in $(ide_modules); do
        eclipse_project "$module"
        {
            eclipse_entry src src
            [ "$module" != "${MIGRATIONS%%/*}" ] || eclipse_entry src resources
            eclipse_entry con "$ECLIPSE_JRE" module=true "add-reads=$(eclipse_reads "$module")"
            for each in $(required_modules "$module"); do eclipse_entry src "/$each" module=true; done
            eclipse_libraries main module=true
            if is_helper "$module"; then eclipse_libraries test; fi
            if [ -n "$(test_folder "$module")" ]; then
                eclipse_entry src test output=bin/test test=true
                for each in $(test_modules_of "$module"); do eclipse_entry src "/$each" test=true; done
                eclipse_libraries test test=true
            fi
        } | eclipse_classpath "$module"
    done
    eclipse_launch
}

ECLIPSE_JRE=org.eclipse.jdt.launching.JRE_CONTAINER/org.eclipse.jdt.internal.debug.ui.launcher.StandardVMType/JavaSE-25

eclipse_project() {
    local folder=ide/$1
    mkdir -p "$folder/.settings"
    {
        echo '<?xml version="1.0" encoding="UTF-8"?>'
        echo '<projectDescription>'
        echo "  <name>$1</name>"
        echo '  <buildSpec><buildCommand><name>org.eclipse.jdt.core.javabuilder</name></buildCommand></buildSpec>'
        echo '  <natures><nature>org.eclipse.jdt.core.javanature</nature></natures>'
        echo '  <linkedResources>'
        eclipse_link src "$(source_folder "$1")"
        [ -z "$(test_folder "$1")" ] || eclipse_link test "$(test_folder "$1")"
        if [ "$1" = "${MIGRATIONS%%/*}" ]; then
            eclipse_link "resources/${MIGRATIONS#*/}" sql
            mkdir -p "$folder/resources/$(dirname "${MIGRATIONS#*/}")"
        fi
        echo '  </linkedResources>'
        echo '</projectDescription>'
    } > "$folder/.project"
    cat > "$folder/.settings/org.eclipse.jdt.core.prefs" <<PREFS
eclipse.preferences.version=1
org.eclipse.jdt.core.circularClasspath=warning
org.eclipse.jdt.core.compiler.codegen.methodParameters=generate
org.eclipse.jdt.core.compiler.codegen.targetPlatform=$JDK_NEEDED
org.eclipse.jdt.core.compiler.compliance=$JDK_NEEDED
org.eclipse.jdt.core.compiler.release=enabled
org.eclipse.jdt.core.compiler.source=$JDK_NEEDED
PREFS
    printf 'eclipse.preferences.version=1\nencoding/<project>=UTF-8\n' \
        > "$folder/.settings/org.eclipse.core.resources.prefs"
}

# eclipse_link NAME FOLDER: shows a folder of the repository as a folder of the project.
eclipse_link() {
    echo "    <link><name>$1</name><type>2</type><locationURI>PARENT-2-PROJECT_LOC/$2</locationURI></link>"
}

# Writes .classpath, with the entries of the standard input.
eclipse_classpath() {
    {
        echo '<?xml version="1.0" encoding="UTF-8"?>'
        echo '<classpath>'
        cat
        eclipse_entry output bin/main
        echo '</classpath>'
    } > "ide/$1/.classpath"
}

# eclipse_libraries main|test [ATTRIBUTE=VALUE]: all jars of a folder of lib.
eclipse_libraries() { local jar; for jar in "$PWD/lib/$1"/*.jar; do eclipse_entry lib "$jar" "${@:2}"; done; }

# eclipse_entry KIND PATH [output=FOLDER] [ATTRIBUTE=VALUE]...
eclipse_entry() {
    local each output="" attributes=""
    for each in "${@:3}"; do
        case $each in
            output=*) output=" $(sed 's/=\(.*\)/="\1"/' <<< "$each")" ;;
            *) attributes+="<attribute name=\"${each%%=*}\" value=\"${each#*=}\"/>" ;;
        esac
    done
    attributes=${attributes:+<attributes>$attributes</attributes>}
    echo "  <classpathentry kind=\"$1\" path=\"$2\"$output>$attributes</classpathentry>"
}

# Prints the reads that are not in the descriptor of a module. JDT itself lets tests read the class path.
eclipse_reads() {
    local each
    if is_helper "$1"; then echo "$1=ALL-UNNAMED"; else join : $(for each in $(ide_reads); do echo "$1=$each"; done); fi
}

# Writes the launch configurations.
eclipse_launch() {
    cat > ide/dealbrain.app/dealbrain.launch <<XML
<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<launchConfiguration type="org.eclipse.jdt.launching.localJavaApplication">
  <stringAttribute key="org.eclipse.jdt.launching.PROJECT_ATTR" value="dealbrain.app"/>
  <stringAttribute key="org.eclipse.jdt.launching.MODULE_NAME" value="dealbrain.app"/>
  <stringAttribute key="org.eclipse.jdt.launching.MAIN_TYPE" value="dealbrain.app.Main"/>
  <booleanAttribute key="org.eclipse.jdt.launching.ATTR_EXCLUDE_TEST_CODE" value="true"/>
  <stringAttribute key="org.eclipse.jdt.launching.VM_ARGUMENTS" value="${JVM[*]}"/>
  <stringAttribute key="org.eclipse.jdt.launching.WORKING_DIRECTORY" value="$PWD"/>
</launchConfiguration>
XML
    cat > "ide/dealbrain.app/attach to 5005.launch" <<XML
<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<launchConfiguration type="org.eclipse.jdt.launching.remoteJavaApplication">
  <stringAttribute key="org.eclipse.jdt.launching.PROJECT_ATTR" value="dealbrain.app"/>
  <stringAttribute key="org.eclipse.jdt.launching.VM_CONNECTOR_ID"
      value="org.eclipse.jdt.launching.socketAttachConnector"/>
  <mapAttribute key="org.eclipse.jdt.launching.CONNECT_MAP">
    <mapEntry key="hostname" value="localhost"/>
    <mapEntry key="port" value="5005"/>
  </mapAttribute>
</launchConfiguration>
XML
}
