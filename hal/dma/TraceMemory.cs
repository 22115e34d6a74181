using System.Runtime;
using System.Runtime.CompilerServices;

namespace SharpProbe.Hal;

/// <summary>The linker's .trace section, which DMA reaches and caches do not touch: large, and where the boot loader's memory is, as nothing in it outlives a reset.</summary>
public static unsafe class TraceMemory
{
    public static byte* Start => (byte*)(delegate*<void>)&__trace_start;

    [RuntimeImport("*", "__trace_start"), MethodImpl(MethodImplOptions.InternalCall)] private static extern void __trace_start();
}
