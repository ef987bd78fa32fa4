using System.Text;
using System.Text.Json;

namespace Bulkhead.Engine.Drivers.Postgres;

/// <summary>
/// The text format of arrays as JSON lists: <c>{1,NULL,"a,b",{2}}</c>, with lower bounds (<c>[0:1]={1,2}</c>) dropped.
/// Source: PostgreSQL manual, 8.15.6 Array Input and Output Syntax.
/// </summary>
internal static class PostgresArrays
{
    public static void Write(Utf8JsonWriter json, string text, uint elementOid)
    {
        int at = text.IndexOf('{', StringComparison.Ordinal);
        var item = new StringBuilder();
        while (at < text.Length)
        {
            switch (text[at])
            {
                case '{':
                    json.WriteStartArray();
                    at++;
                    break;
                case '}':
                    json.WriteEndArray();
                    at++;
                    break;
                case ',':
                    at++;
                    break;
                case '"':
                    at = ReadQuoted(text, at + 1, item.Clear());
                    PostgresValues.Write(json, item.ToString(), elementOid);
                    break;
                default:
                    at = WriteBare(json, text, at, elementOid);
                    break;
            }
        }
    }

    private static int WriteBare(Utf8JsonWriter json, string text, int at, uint elementOid)
    {
        int length = text.AsSpan(at).IndexOfAny(',', '}');
        string bare = text.Substring(at, length);
        if (bare == "NULL")
        {
            json.WriteNullValue();
        }
        else
        {
            PostgresValues.Write(json, bare, elementOid);
        }

        return at + length;
    }

    private static int ReadQuoted(string text, int at, StringBuilder item)
    {
        while (text[at] != '"')
        {
            at += text[at] == '\\' ? 1 : 0;
            item.Append(text[at++]);
        }

        return at + 1;
    }
}
