using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Loading;
using Bulkhead.Api.Problems;

namespace Bulkhead.Engine.Drivers;

/// <summary>
/// Reads a connection's <c>config</c> field by field and gathers every fault: missing, wrong type, out of range and, at the end,
/// unknown. Durations are a number of seconds or text such as <c>250ms</c>, <c>30s</c>, <c>5m</c>.
/// </summary>
internal sealed class ConfigReader
{
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private readonly List<Problem> _problems = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly string _connection;

    public ConfigReader(ConnectionDefinition connection)
    {
        _connection = connection.Name;
        if (connection.Config.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty field in connection.Config.EnumerateObject())
            {
                _fields[field.Name] = field.Value;
            }
        }
        else if (connection.Config.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
        {
            Fault("", "INVALID_CONFIG", "The config must be an object.");
        }
    }

    public string Text(string name, string defaultValue = "", bool required = false)
    {
        if (Find(name) is not { } value)
        {
            if (required)
            {
                Fault(name, "MISSING_FIELD", $"The field '{name}' is required.");
            }

            return defaultValue;
        }

        if (value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString()))
        {
            return value.GetString()!;
        }

        Fault(name, "INVALID_VALUE", $"The field '{name}' must be a non-empty text.");
        return defaultValue;
    }

    public long Integer(string name, long defaultValue, long minimum, long maximum)
    {
        if (Find(name) is not { } value)
        {
            return defaultValue;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= minimum && number <= maximum)
        {
            return number;
        }

        Fault(name, "INVALID_VALUE", $"The field '{name}' must be a whole number from {minimum} to {maximum}.");
        return defaultValue;
    }

    public bool Flag(string name, bool defaultValue)
    {
        if (Find(name) is not { } value)
        {
            return defaultValue;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Fault(name, "INVALID_VALUE", $"The field '{name}' must be true or false.");
        return defaultValue;
    }

    public TimeSpan Duration(string name, TimeSpan defaultValue, TimeSpan maximum)
    {
        if (Find(name) is not { } value)
        {
            return defaultValue;
        }

        if (value.ValueKind is JsonValueKind.Number or JsonValueKind.String
            && Durations.Parse(value.ToString()) is { } duration && duration <= maximum)
        {
            return duration;
        }

        Fault(name, "INVALID_VALUE", $"The field '{name}' must be a duration from 0 to {maximum.TotalSeconds:0}s, such as 250ms, 30s or 5m.");
        return defaultValue;
    }

    public T Choice<T>(string name, T defaultValue)
        where T : struct, Enum
    {
        if (Find(name) is not { } value)
        {
            return defaultValue;
        }

        if (value.ValueKind == JsonValueKind.String
            && Enum.GetNames<T>().Any(n => n.Equals(value.GetString(), StringComparison.OrdinalIgnoreCase)))
        {
            return Enum.Parse<T>(value.GetString()!, ignoreCase: true);
        }

        Fault(name, "INVALID_VALUE", $"The field '{name}' must be one of {string.Join(", ", Enum.GetNames<T>())}.");
        return defaultValue;
    }

    /// <summary>The field as it is, or null; the caller checks its shape.</summary>
    public JsonElement? Raw(string name) => Find(name);

    public void Fault(string field, string code, string message) =>
        _problems.Add(new Problem(ProblemClass.ResourceError, code, message, field.Length == 0 ? Path : $"{Path}.{field}"));

    /// <summary>All faults, with one for each field that no reader asked for.</summary>
    public IReadOnlyList<Problem> Finish()
    {
        foreach (string field in _fields.Keys.Where(f => !_known.Contains(f)).Order(StringComparer.Ordinal))
        {
            string known = string.Join(", ", _known.Order(StringComparer.Ordinal));
            Fault(field, "UNKNOWN_FIELD", $"Unknown field '{field}'. Known fields: {known}.");
        }

        return _problems;
    }

    private string Path => $"connections.{_connection}.config";

    private JsonElement? Find(string name)
    {
        _known.Add(name);
        return _fields.TryGetValue(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }
}
