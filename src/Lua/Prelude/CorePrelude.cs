namespace Bulkhead.Lua.Prelude;

/// <summary>The core prelude (core.lua) as bytecode, compiled once per process.</summary>
internal static class CorePrelude
{
    private static readonly Lazy<byte[]> Compiled = new(Compile);

    internal static ReadOnlySpan<byte> Bytecode => Compiled.Value;

    private static byte[] Compile()
    {
        using var stream = typeof(CorePrelude).Assembly.GetManifestResourceStream("core.lua")!;
        using var reader = new StreamReader(stream);
        return LuaCompiler.Compile("prelude", reader.ReadToEnd());
    }
}
