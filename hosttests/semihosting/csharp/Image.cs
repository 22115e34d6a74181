using System.Runtime;
using System.Runtime.CompilerServices;
using Internal.Runtime;

namespace SharpProbe.HostedProgram;

/// <summary>What the linker script says of the image.</summary>
static unsafe class Image
{
    internal static void Initialize()
    {
        uint* source = (uint*)(delegate*<void>)&DataLoad;
        for (uint* d = (uint*)(delegate*<void>)&DataStart; d < (uint*)(delegate*<void>)&DataEnd; d++) *d = *source++;
        for (uint* d = (uint*)(delegate*<void>)&BssStart; d < (uint*)(delegate*<void>)&BssEnd; d++) *d = 0;
        Startup.Run();
    }

    [RuntimeImport("*", "__data_start"), MethodImpl(MethodImplOptions.InternalCall)] static extern void DataStart();
    [RuntimeImport("*", "__data_end"), MethodImpl(MethodImplOptions.InternalCall)] static extern void DataEnd();
    [RuntimeImport("*", "__data_load"), MethodImpl(MethodImplOptions.InternalCall)] static extern void DataLoad();
    [RuntimeImport("*", "__bss_start"), MethodImpl(MethodImplOptions.InternalCall)] static extern void BssStart();
    [RuntimeImport("*", "__bss_end"), MethodImpl(MethodImplOptions.InternalCall)] static extern void BssEnd();
}
