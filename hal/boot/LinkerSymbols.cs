using System.Runtime;
using System.Runtime.CompilerServices;

namespace SharpProbe.Hal;

/// <summary>Addresses that linker/sections.ld defines.</summary>
public static unsafe class LinkerSymbols
{
    public static uint* DataStart => (uint*)(delegate*<void>)&__data_start;
    public static uint* DataEnd => (uint*)(delegate*<void>)&__data_end;
    public static uint* DataLoad => (uint*)(delegate*<void>)&__data_load;
    public static uint* BssStart => (uint*)(delegate*<void>)&__bss_start;
    public static uint* BssEnd => (uint*)(delegate*<void>)&__bss_end;
    public static uint* NoInit => (uint*)(delegate*<void>)&__noinit_start;
    public static uint CodeStart => (uint)(delegate*<void>)&__code_start;
    public static uint CodeEnd => (uint)(delegate*<void>)&__code_end;
    public static uint MainStackStart => (uint)(delegate*<void>)&__main_stack_start;
    public static uint MainStackEnd => (uint)(delegate*<void>)&__main_stack_end;
    public static uint StackStart => (uint)(delegate*<void>)&__stack_start;
    public static uint StackEnd => (uint)(delegate*<void>)&__stack_end;
    public static uint MainStackGuard => (uint)(delegate*<void>)&__main_stack_guard;
    public static uint StackGuard => (uint)(delegate*<void>)&__stack_guard;
    public static uint Vectors => (uint)(delegate*<void>)&__vectors_start;
    /// <summary>Boot loader images only.</summary>
    public static uint ApplicationStart => (uint)(delegate*<void>)&__application_start;
    /// <summary>Boot loader images only.</summary>
    public static uint ApplicationEnd => (uint)(delegate*<void>)&__application_end;
    /// <summary>Not to be narrowed in the same expression: the compiler would take the low byte of a placeholder.</summary>
    public static uint BoardId => (uint)(delegate*<void>)&__board_id;
    /// <summary>The first of the two flash sectors that hold the settings (docs/bootloader.md); beyond the last: there are none.</summary>
    public static uint SettingsSector => (uint)(delegate*<void>)&__settings_sector;
    public static byte* SymbolsStart => (byte*)(delegate*<void>)&__symbols_start;
    public static byte* SymbolsEnd => (byte*)(delegate*<void>)&__symbols_end;

    [RuntimeImport("*", "__data_start"), MethodImpl(MethodImplOptions.InternalCall)] private static extern void __data_start();
    [RuntimeImport("*", "__data_end"), MethodImpl(MethodImplOptions.InternalCall)] private static extern void __data_end();
    [RuntimeImport("*", "__data_load"), MethodImpl(MethodImplOptions.InternalCall)] private static extern void __data_load();
    [RuntimeImport("*", "__bss_start"), MethodImpl(MethodImplOptions.InternalCall)] private static extern void __bss_start();
    [RuntimeImport("*", "__bss_end"), MethodImpl(MethodImplOptions.InternalCall)] private static extern void __bss_end();
    [RuntimeImport("*", "__noinit_start"), MethodImpl(MethodImplOptions.InternalCall)] private static extern void __noinit_start();
    [RuntimeImport("*", "__code_start"), MethodImpl(MethodImplOptions.InternalCall)] private static extern void __code_start();
    [RuntimeImport("*", "__code_end"), MethodImpl(MethodImplOptions.InternalCall)] private static extern void __code_end();
    [RuntimeImport("*", "__main_stack_start"), MethodImpl(MethodImplOptions.InternalCall)] private static extern void __main_stack_start();
    [RuntimeImport("*", "__main_stack_end"), MethodImpl(MethodImplOptions.InternalCall)] private static extern void __main_stack_end();
    [RuntimeImport("*", "__stack_start"), MethodImpl(MethodImplOptions.InternalCall)] private static extern void __stack_start();
    [RuntimeImport("*", "__stack_end"), MethodImpl(MethodImplOptions.InternalCall)] private static extern void __stack_end();
    [RuntimeImport("*", "__main_stack_guard"), MethodImpl(MethodImplOptions.InternalCall)] private static extern void __main_stack_guard();
    [RuntimeImport("*", "__stack_guard"), MethodImpl(MethodImplOptions.InternalCall)] private static extern void __stack_guard();
    [RuntimeImport("*", "__vectors_start"), MethodImpl(MethodImplOptions.InternalCall)] private static extern void __vectors_start();
    [RuntimeImport("*", "__application_start"), MethodImpl(MethodImplOptions.InternalCall)] private static extern void __application_start();
    [RuntimeImport("*", "__application_end"), MethodImpl(MethodImplOptions.InternalCall)] private static extern void __application_end();
    [RuntimeImport("*", "__board_id"), MethodImpl(MethodImplOptions.InternalCall)] private static extern void __board_id();
    [RuntimeImport("*", "__settings_sector"), MethodImpl(MethodImplOptions.InternalCall)] private static extern void __settings_sector();
    [RuntimeImport("*", "__symbols_start"), MethodImpl(MethodImplOptions.InternalCall)] private static extern void __symbols_start();
    [RuntimeImport("*", "__symbols_end"), MethodImpl(MethodImplOptions.InternalCall)] private static extern void __symbols_end();
}
