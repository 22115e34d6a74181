using System.Runtime;
using SharpProbe.Hal;
using SharpProbe.Hal.H7;

namespace SharpProbe.Boards;

/// <summary>The boot loader's entries in the vector table.</summary>
static unsafe class Program
{
    [RuntimeExport("Reset_Handler")]
    static void Start() => Boot.Run(&BootLoader<Family, Board>.Decide, &BootLoader<Family, Board>.Main);

    [RuntimeExport("OTG_FS_IRQHandler")]
    static void Usb() => BootLoader<Family, Board>.OnUsb();
}
