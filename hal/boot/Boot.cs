using Internal.Runtime;
using SharpProbe.Intrinsics;
using static SharpProbe.Hal.CortexM7;

namespace SharpProbe.Hal;

/// <summary>
/// From reset to a C# program. Threads run on the process stack, exceptions on the main stack (vector 0), so a fault handler has a sound stack
/// even when the program's has overflowed.
/// </summary>
public static unsafe class Boot
{
    /// <summary>Bytes closed at address 0, and below the two stacks (linker/sections.ld).</summary>
    internal const uint NullPage = 0x400, StackGuard = 0x400, MainStackGuard = 0x100;

    /// <summary>
    /// The reset handler's whole work. Runs on the main stack with nothing initialised; after the switch to the process stack it only calls
    /// <paramref name="main"/>, which must not return.
    /// </summary>
    public static void Run(delegate*<void> main)
    {
        InitialiseMemory();
        Protect();
        Startup.Run();
        Enter(main);
    }

    /// <summary>The boot loader's: <paramref name="decide"/> runs with objects and statics, and everything else as reset left it, so that it can start another program.</summary>
    public static void Run(delegate*<void> decide, delegate*<void> main)
    {
        InitialiseMemory();
        Startup.Run();
        decide();
        Protect();
        Enter(main);
    }

    /// <summary>Starts the program whose vector table lies at an address, as reset would. Does not return.</summary>
    public static void Start(uint vectors)
    {
        uint stack = *(uint*)vectors, reset = *(uint*)(vectors + 4);
        SCB->VTOR = vectors;
        SCB->CPACR = 0;
        Cpu.SetControl(0);                                   // also FPCA, if the FPU was used for a copy
        Cpu.Dsb();
        Cpu.Isb();
        Cpu.StartProgram(stack, reset);
    }

    private static void InitialiseMemory()
    {
        SCB->CPACR |= 0xF << 20;                             // FPU: the compiler uses it for copies too
        Cpu.Dsb();
        Cpu.Isb();
        Breadcrumb.Collect();                                // reads the old stack, so before anything else is written

        uint* source = LinkerSymbols.DataLoad;
        for (uint* d = LinkerSymbols.DataStart; d < LinkerSymbols.DataEnd; d++) *d = *source++;
        for (uint* d = LinkerSymbols.BssStart; d < LinkerSymbols.BssEnd; d++) *d = 0;
    }

    private static void Protect()
    {
        SCB->VTOR = LinkerSymbols.Vectors;
        SCB->CCR |= 1u << 4;                                 // DIV_0_TRP
        SCB->SHCSR |= 7u << 16;                              // MemManage, BusFault and UsageFault have handlers of their own
        MemoryProtection.Set(0, 0, NullPage, MemoryAttributes.NoAccess);
        MemoryProtection.Set(1, LinkerSymbols.StackGuard, StackGuard, MemoryAttributes.NoAccess);
        MemoryProtection.Set(2, LinkerSymbols.MainStackGuard, MainStackGuard, MemoryAttributes.NoAccess);
        MemoryProtection.Enable();
        Caches.EnableInstruction();
    }

    private static void Enter(delegate*<void> main)
    {
        Cpu.SetPsp(LinkerSymbols.StackEnd);
        Cpu.SetControl(2);                                   // SPSEL
        Cpu.Isb();
        main();
        while (true) { }                                     // keeps the call from being a jump that first pops this frame from the new stack
    }
}
