using System.Globalization;
using System.Text.Json;

namespace Bulkhead.Engine.Drivers.Postgres;

/// <summary>
/// One value in PostgreSQL's text format as JSON. Text is exact for every type: int8 stays whole, numeric becomes a number only when it
/// comes back unchanged from int64 or double and else stays text (so do NaN and Infinity), timestamps get ISO 8601's T, bytea base64.
/// </summary>
internal static class PostgresValues
{
    public static void Write(Utf8JsonWriter json, string text, uint oid)
    {
        switch (PostgresTypes.ShapeOf(oid))
        {
            case ValueShape.Boolean:
                json.WriteBooleanValue(text == "t");
                break;
            case ValueShape.Whole:
                json.WriteRawValue(text, skipInputValidation: true);
                break;
            case ValueShape.Float:
                WriteFloat(json, text);
                break;
            case ValueShape.Numeric:
                WriteNumeric(json, text);
                break;
            case ValueShape.Json:
                json.WriteRawValue(text);
                break;
            case ValueShape.Timestamp:
                json.WriteStringValue(Iso8601(text));
                break;
            case ValueShape.Bytes:
                json.WriteStringValue(Convert.ToBase64String(Convert.FromHexString(text.AsSpan(2))));
                break;
            case ValueShape.List:
                PostgresArrays.Write(json, text, PostgresTypes.ElementOf(oid));
                break;
            default:
                json.WriteStringValue(text);
                break;
        }
    }

    private static void WriteFloat(Utf8JsonWriter json, string text)
    {
        double value = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) ? parsed : double.NaN;
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(text);
        }
    }

    private static void WriteNumeric(Utf8JsonWriter json, string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
        {
            json.WriteNumberValue(whole);
        }
        else if (SurvivesDouble(text, out double value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(text);
        }
    }

    /// <summary>A decimal of at most 15 significant digits comes back unchanged from a double (IEEE 754: DBL_DIG).</summary>
    private static bool SurvivesDouble(string text, out double value)
    {
        string digits = text.Replace(".", "", StringComparison.Ordinal).TrimStart('-').Trim('0');
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && (value == 0 ? digits.Length == 0 : double.IsNormal(value))
            && digits.Length <= 15;
    }

    /// <summary>2024-01-31 12:00:00+00 to 2024-01-31T12:00:00Z; infinity and years BC stay as they are.</summary>
    private static string Iso8601(string text)
    {
        int blank = text.IndexOf(' ', StringComparison.Ordinal);
        if (blank < 0 || text.EndsWith("BC", StringComparison.Ordinal))
        {
            return text;
        }

        string iso = string.Concat(text.AsSpan(0, blank), "T", text.AsSpan(blank + 1));
        if (iso.EndsWith("+00", StringComparison.Ordinal))
        {
            return string.Concat(iso.AsSpan(0, iso.Length - 3), "Z");
        }

        bool hoursOnly = iso.Length > 3 && iso[^3] is '+' or '-' && iso.IndexOf('T', StringComparison.Ordinal) < iso.Length - 3;
        return hoursOnly ? iso + ":00" : iso;
    }
}
