using System.Text;
using Bulkhead.Lua.Native;

namespace Bulkhead.Lua.Execution;

/// <summary>Error objects as text. Reads raw, so that nothing raises.</summary>
internal static unsafe class LuaErrorText
{
    internal const int Longest = 4096;

    /// <summary>A string as it is, a table by its field <c>message</c>, anything else by its type; at most 4,096 characters.</summary>
    internal static string Describe(nint state, int index) => LuaFast.TypeAt(state, index) switch
    {
        LuaType.String => Cut(LuaFast.StringAt(state, index)),
        LuaType.Number when LuaFast.IsInteger(state, index) != 0 => $"{LuaFast.ToInteger(state, index, null)}",
        LuaType.Number => $"{LuaFast.ToNumber(state, index, null)}",
        LuaType.Table => MessageField(state, index),
        LuaType.LightUserData => "the error is null",
        var other => $"the error is a {other.ToString().ToLowerInvariant()} value",
    };

    private static string MessageField(nint state, int index)
    {
        var table = LuaFast.AbsoluteIndex(state, index);
        if (LuaNative.CheckStack(state, 2) == 0)
            return "the error is a table";
        LuaNative.PushString(state, "message"u8);
        var text = LuaFast.RawGet(state, table) == LuaType.String
            ? Cut(LuaFast.StringAt(state, -1))
            : "the error is a table without a message";
        LuaNative.Pop(state, 1);
        return text;
    }

    private static string Cut(ReadOnlySpan<byte> text)
    {
        var message = Encoding.UTF8.GetString(text[..Math.Min(text.Length, Longest * 4)]);
        return message.Length <= Longest ? message : message[..Longest];
    }
}
