namespace Bulkhead.Lua.Json;

/// <summary>Bounds of the conversion between JSON and Lua values.</summary>
internal static class JsonBounds
{
    /// <summary>Nested arrays and objects.</summary>
    internal const int Depth = 64;

    /// <summary>Values in one document.</summary>
    internal const int Values = 1_000_000;

    /// <summary>A table with this many array items may have gaps up to twice as many, plus this.</summary>
    internal const int GapAllowance = 16;
}
