namespace SharpProbe.Build.Compile;

/// <summary>Which part of a board's flash an image is linked for (linker/place-*.ld).</summary>
enum Placement
{
    /// <summary>The target's own memory.ld says it: it defines FLASH itself.</summary>
    Own,
    /// <summary>From the start of flash, without a boot loader.</summary>
    Chip,
    /// <summary>The boot loader's sectors.</summary>
    Boot,
    /// <summary>Behind the boot loader, with a header that it checks.</summary>
    Application,
    /// <summary>Behind ST's own boot loader, on an ST-LINK/V3 that must keep it.</summary>
    BesideSt,
}
