using System;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace SharpProbe.Hal;

/// <summary>Buffers that DMA controllers reach and caches do not touch: the linker's .dma section, handed out at start-up.</summary>
public static unsafe class DmaMemory
{
    private static uint s_used;

    public static uint Start => (uint)(delegate*<void>)&__dma_start;

    public static byte* Allocate(uint size)
    {
        byte* block = (byte*)(delegate*<void>)&__dma_start + s_used;
        s_used += size + 3 & ~3u;
        if (block + size > (byte*)(delegate*<void>)&__dma_end) Environment.FailFast("out of DMA memory");
        return block;
    }

    [RuntimeImport("*", "__dma_start"), MethodImpl(MethodImplOptions.InternalCall)] private static extern void __dma_start();
    [RuntimeImport("*", "__dma_end"), MethodImpl(MethodImplOptions.InternalCall)] private static extern void __dma_end();
}
