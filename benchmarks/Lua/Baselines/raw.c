/* The baseline in C: Debian's Lua 5.4, its own allocator, no hook, no sandbox. Built by eng/bench as librawlua.so. */
#include <lua5.4/lauxlib.h>
#include <lua5.4/lualib.h>

static void open_safe_libraries(lua_State *L) {
  static const luaL_Reg libraries[] = {
    {"_G", luaopen_base}, {"coroutine", luaopen_coroutine}, {"table", luaopen_table},
    {"string", luaopen_string}, {"math", luaopen_math}, {"utf8", luaopen_utf8}, {NULL, NULL}};
  for (const luaL_Reg *lib = libraries; lib->name != NULL; lib++) {
    luaL_requiref(L, lib->name, lib->func, 1);
    lua_pop(L, 1);
  }
}

/* A VM with the six safe libraries, opened and closed. Returns the bytes that Lua itself counts. */
int raw_create(void) {
  lua_State *L = luaL_newstate();
  open_safe_libraries(L);
  int bytes = lua_gc(L, LUA_GCCOUNT) * 1024 + lua_gc(L, LUA_GCCOUNTB);
  lua_close(L);
  return bytes;
}

void *raw_open(void) {
  lua_State *L = luaL_newstate();
  open_safe_libraries(L);
  return L;
}

/* Runs a script; 0 when it succeeded. */
int raw_run(void *L, const char *script) {
  int code = luaL_dostring((lua_State *)L, script);
  lua_settop((lua_State *)L, 0);
  return code;
}

void raw_close(void *L) { lua_close((lua_State *)L); }
