using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Bulkhead.Engine.Drivers.Postgres;

/// <summary>
/// JSON values as typed parameters: whole number int8, other number float8, true/false bool, object jsonb, list of one scalar type the
/// array of it, any other list jsonb. Text, null and the empty list have no type of their own: the server infers it from the place, as
/// for a quoted literal, so that '2024-01-31' fits a date column and a uuid fits a uuid column.
/// </summary>
internal static class PostgresParameters
{
    public static (SqlText Sql, IReadOnlyList<NpgsqlParameter> Values) Bind(string sql, JsonElement parameters)
    {
        switch (parameters.ValueKind)
        {
            case JsonValueKind.Undefined or JsonValueKind.Null:
                return (SqlText.Parse(sql, known: null), []);
            case JsonValueKind.Array:
                return (SqlText.Parse(sql, known: null), [.. parameters.EnumerateArray().Select(Typed)]);
            case JsonValueKind.Object:
                HashSet<string> names = [.. parameters.EnumerateObject().Select(p => p.Name)];
                SqlText text = SqlText.Parse(sql, names);
                return (text, [.. text.Names.Select(n => Typed(parameters.GetProperty(n)))]);
            default:
                throw new NodeFailureException("SqlError", "The parameters must be a list or an object.", retryable: false);
        }
    }

    private static NpgsqlParameter Typed(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => Parameter(NpgsqlDbType.Unknown, DBNull.Value),
        JsonValueKind.True or JsonValueKind.False => Parameter(NpgsqlDbType.Boolean, value.GetBoolean()),
        JsonValueKind.String => Parameter(NpgsqlDbType.Unknown, value.GetString()!),
        JsonValueKind.Number => Number(value),
        JsonValueKind.Array => List(value),
        _ => Parameter(NpgsqlDbType.Jsonb, value.GetRawText()),
    };

    private static NpgsqlParameter Number(JsonElement value)
    {
        if (value.TryGetInt64(out long whole))
        {
            return Parameter(NpgsqlDbType.Bigint, whole);
        }

        double number = value.GetDouble();
        bool isWhole = !value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E');
        return isWhole && value.TryGetDecimal(out decimal exact)
            ? Parameter(NpgsqlDbType.Numeric, exact)
            : Parameter(NpgsqlDbType.Double, number);
    }

    private static NpgsqlParameter List(JsonElement list)
    {
        JsonElement[] items = [.. list.EnumerateArray()];
        JsonElement[] present = [.. items.Where(i => i.ValueKind != JsonValueKind.Null)];
        if (present.Length == 0)
        {
            return Parameter(NpgsqlDbType.Unknown, items.Length == 0 ? "{}" : $"{{{string.Join(',', items.Select(_ => "NULL"))}}}");
        }

        if (Array.TrueForAll(present, i => i.ValueKind == JsonValueKind.String))
        {
            return Parameter(NpgsqlDbType.Array | NpgsqlDbType.Text, Array.ConvertAll(items, i => i.GetString()));
        }

        if (Array.TrueForAll(present, i => i.ValueKind is JsonValueKind.True or JsonValueKind.False))
        {
            return Parameter(NpgsqlDbType.Array | NpgsqlDbType.Boolean, Array.ConvertAll(items, i => Present(i, e => e.GetBoolean())));
        }

        if (!Array.TrueForAll(present, i => i.ValueKind == JsonValueKind.Number))
        {
            return Parameter(NpgsqlDbType.Jsonb, list.GetRawText());
        }

        return Array.TrueForAll(present, i => i.TryGetInt64(out _))
            ? Parameter(NpgsqlDbType.Array | NpgsqlDbType.Bigint, Array.ConvertAll(items, i => Present(i, e => e.GetInt64())))
            : Parameter(NpgsqlDbType.Array | NpgsqlDbType.Double, Array.ConvertAll(items, i => Present(i, e => e.GetDouble())));
    }

    private static T? Present<T>(JsonElement value, Func<JsonElement, T> read)
        where T : struct => value.ValueKind == JsonValueKind.Null ? null : read(value);

    private static NpgsqlParameter Parameter(NpgsqlDbType type, object value) => new() { NpgsqlDbType = type, Value = value };
}
