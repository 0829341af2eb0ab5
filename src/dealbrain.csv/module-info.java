import org.jspecify.annotations.NullMarked;

/** CSV: reads the files of spreadsheets and other programs. Knows neither HTTP nor the domain. */
@NullMarked
module dealbrain.csv {
    requires static transitive org.jspecify;
    requires transitive dealbrain.json; // InputError
    requires de.siegmar.fastcsv;

    exports dealbrain.csv;
}
