
namespace SharpProbe.Target.Stm32;

/// <summary>Who made a chip that says it is an STM32F1.</summary>
enum SiliconOrigin : byte
{
    /// <summary>In a row: whoever.</summary>
    Any = 0,
    /// <summary>GigaDevice's code in the ROM table.</summary>
    GigaDevice = (byte)'G',
    /// <summary>WCH: a second lock in FLASH_CR.</summary>
    Wch = (byte)'W',
    /// <summary>A later core or debug port than ST ever put in: CKS32, CS32, APM32 and others.</summary>
    Copy = (byte)'C',
}
