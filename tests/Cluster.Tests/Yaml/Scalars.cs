namespace Bulkhead.Cluster.Tests.Yaml;

/// <summary>Two hundred and more scalars as people write them, and as YAML traps them.</summary>
internal static class Scalars
{
    private static readonly string[] Words =
    [
        "yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF", "y", "Y", "n", "N", "true", "True", "TRUE", "tRUE", "false",
        "False", "FALSE", "null", "Null", "NULL", "nULL", "~", "nil", "none", "None", "undefined", "inf", "nan", "NaN", "Infinity",
        "norway", "NOT", "yes please", "on-call", "off/on", "truely", "nullable", "hello", "hello world", "a:b", "a#b", "a-b", "a.b.c", "a@b.c",
        "x=y", "50%", "$HOME", "été", "日本", "🙂", "C:\\path", "http://a.b/c?d=e",
    ];

    private static readonly string[] Numbers =
    [
        "0", "1", "-1", "+1", "00", "01", "007", "08", "09", "010", "0777", "-010", "+010", "0o7", "0o17", "0O7", "0x1F", "0X1F", "-0x1F", "+0x1F", "0xG",
        "0b101", "0B101", "-0b1", "0b2", "1_000", "1_0.5", "0x1_F", "1__0", "_1", "1_", "12e3", "1e3", "1E3", "1e+3", "1e-3", "-1e3", "+1e3", "1.", ".5", "-.5",
        "+.5", "0.5", "00.5", "1.0", "1.50", "1.e3", ".5e1", "1e", "e3", "1.2.3", "1.2.3.4", "9007199254740992", "9007199254740993",
        "9223372036854775807", "9223372036854775808", "18446744073709551615", "18446744073709551616", "-9223372036854775808", "-9223372036854775809",
        "123456789012345678901234567890", "1e308", "1e-400", "0.1", "0.30000000000000004", "3.14159265358979", "-0", "-0.0", "+0", "0.0", "0e0", "1d", "1f", "1L",
        "0x", "0b", "0o", "--1", "+-1", "1-", "1+1", "1,000", "1 000", "१", "½",
    ];

    private static readonly string[] Times =
    [
        "12:30", "1:2", "12:30:45", "190:20:30", "190:20:30.15", "-1:30", "1:60", "01:02", "00:00", "24:00", "22:22", "2001-12-14", "2001-1-1", "2001-12-14T21:59:43Z",
        "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43.10 -5", "2001-12-15 2:59:43.10", "2001-13-45", "20011214", "1h30m", "30s", "5m", "10:m",
    ];

    private static readonly string[] Quoted =
    [
        "\"yes\"", "'no'", "\"1\"", "'010'", "\"\"", "''", "\" \"", "'it''s'", "\"a\\nb\"", "\"\\u00e9\"", "\"\\x41\"", "'\\n'", "\"null\"", "'~'", "\"12:30\"",
        "\"tab\\there\"", "'#no comment'", "\"a: b\"", "\"\\\"\"", "'2001-12-14'",
    ];

    private static readonly string[] Tagged =
    [
        "!!str 1", "!!str true", "!!str 010", "!!int 5", "!!int \"5\"", "!!float 1", "!!bool true", "!!null null", "!!str", "!!str null",
    ];

    private static readonly string[] Ends = ["a   # comment", "a#no", "=", "<<", "?x", ":x", "-x", "[]", "{}"];

    public static IReadOnlyList<string> All { get; } = [.. Words, .. Numbers, .. Times, .. Quoted, .. Tagged, .. Ends];
}
