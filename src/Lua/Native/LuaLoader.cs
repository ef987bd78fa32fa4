using System.Text;

namespace Bulkhead.Lua.Native;

/// <summary>Loads chunks. <c>lua_load</c> is protected: it returns a code and leaves the function or the message on the stack.</summary>
internal static unsafe class LuaLoader
{
    private const int LongestName = 48;

    /// <summary>Source text only: bytecode is refused by the mode.</summary>
    internal static int LoadText(nint state, string name, ReadOnlySpan<byte> source)
    {
        Span<byte> chunk = stackalloc byte[LongestName * 3 + 2];
        var length = 0;
        chunk[length++] = (byte)'=';
        length += Encoding.UTF8.GetBytes(name.AsSpan(0, Math.Min(name.Length, LongestName)), chunk[1..]);
        chunk[length] = 0;
        fixed (byte* text = source, title = chunk, mode = "t"u8)
            return LuaNative.Load(state, text, (nuint)source.Length, title, mode);
    }

    /// <summary>Bytecode of our own making.</summary>
    internal static int LoadTrusted(nint state, ReadOnlySpan<byte> bytecode)
    {
        fixed (byte* code = bytecode, title = "=prelude"u8, mode = "b"u8)
            return LuaNative.Load(state, code, (nuint)bytecode.Length, title, mode);
    }
}
