namespace Bulkhead.Lua.Native;

/// <summary>The types of Lua values as <c>lua_type</c> answers them.</summary>
internal enum LuaType
{
    None = -1,
    Nil = 0,
    Boolean = 1,
    LightUserData = 2,
    Number = 3,
    String = 4,
    Table = 5,
    Function = 6,
    UserData = 7,
    Thread = 8,
}
