namespace Bulkhead.Lua;

/// <summary>Why a text is not valid Lua.</summary>
/// <param name="Message">Without the chunk's name and line.</param>
/// <param name="Line">From 1, within the text.</param>
public sealed record LuaSyntaxFault(string Message, int Line);
