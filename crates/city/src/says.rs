//! What is told of a city's files, in English and Chinese: what is wrong, and what to do. The name of each is its code, and does not change.

use precinct_base::Said;

precinct_base::sentences! {
    // Files.
    not_there(path, looked) "{path} is not there; looked for {looked}" "找不到 {path}；已查找：{looked}";
    put_it_there() "put it there, or say where the data folder is with --data-root or PRECINCT_DATA" "请放到该处，或用 --data-root 或 PRECINCT_DATA 指明数据文件夹";
    cannot_open(path, error) "cannot be opened at {path}: {error}" "无法打开 {path}（{error}）";
    check_path() "check that the path is right and that the file may be read" "请检查路径是否正确、文件是否可读";
    cannot_read(error) "cannot be read on: {error}" "无法继续读取（{error}）";
    fetch_again() "fetch or export the file again" "请重新下载或导出该文件";
    roads_unreadable(error) "{error}" "道路无法读取（{error}）";
    places_unreadable(error) "{error}" "地图提取文件无法读取（{error}）";
    fetch_extract() "fetch or export the extract again" "请重新下载或导出地图提取文件";
    file_not_utf8() "the file is not UTF-8" "文件不是 UTF-8 编码";
    save_utf8() "save it as UTF-8" "请存为 UTF-8 编码";
    file_bytes(bytes, most) "the file has {bytes} bytes, at most {most} are read" "文件有 {bytes} 字节，最多读取 {most} 字节";
    own_files() "put tables into files of their own" "请把表格放到单独的文件中";

    // Rows of tables.
    header_not_utf8() "the header row is not UTF-8" "表头不是 UTF-8 编码";
    field_not_utf8() "the field is not UTF-8" "该字段不是 UTF-8 编码";
    save_csv_utf8() "save it as UTF-8 (in a spreadsheet: \"CSV UTF-8\"); older programs save GBK or Latin-1" "请存为 UTF-8（电子表格中选“CSV UTF-8”）；旧软件会存为 GBK 或 Latin-1";
    two_columns(column) "two columns are called \"{column}\"" "有两列都叫“{column}”";
    rename_one() "rename one of them" "请给其中一列改名";
    no_column(column) "there is no column \"{column}\"" "没有“{column}”这一列";
    name_a_column(names) "name one of its columns in the city's file: {names}" "请在城市文件中指定其中一列：{names}";
    width(fields, header) "the row has {fields} fields, the header {header}" "该行有 {fields} 个字段，表头有 {header} 个";
    one_field_each() "give it one field for each column; a field with a comma in it stands in quotes" "每列填一个字段；含逗号的字段要加引号";
    field_bytes(bytes, most) "the field has {bytes} bytes, at most {most}" "该字段有 {bytes} 字节，最多 {most} 字节";
    close_quote() "close the quote that begins it" "请补上字段开头引号的另一半";
    not_geojson(error) "the file is not GeoJSON that can be used: {error}" "该文件不是可用的 GeoJSON（{error}）";
    projected(system) "the file is in the coordinate system \"{system}\", not in WGS 84" "该文件的坐标系是“{system}”，不是 WGS 84";
    no_features() "the file has no `features`" "文件中没有 `features`";
    one_collection() "export it as one FeatureCollection in degrees of longitude and latitude" "请导出为一个 FeatureCollection，坐标用经纬度";
    no_property(column) "no feature has a property \"{column}\"" "没有任何要素带属性“{column}”";
    name_a_property(names) "name one of its properties in the city's file: {names}" "请在城市文件中指定其中一个属性：{names}";
    geometry_kind() "the geometry is neither a Point, a Polygon nor a MultiPolygon" "几何不是 Point、Polygon 或 MultiPolygon";
    geometry_nested() "the coordinates are not nested as the geometry's type asks" "坐标的嵌套层次与几何类型不符";
    geometry_outside() "a coordinate is outside the earth: longitude comes first, then latitude, in degrees" "有坐标超出地球范围：先经度，后纬度，单位为度";
    geometry_ring() "a ring of the polygon has fewer than three places" "多边形的一个环少于三个点";
    geometry_null() "a coordinate is null" "有坐标为空（null）";
    geometry_not_alike() "the coordinates are not nested alike" "坐标的嵌套层次前后不一";
    geometry_pair() "a position is not two numbers, longitude and latitude" "有位置不是经度、纬度两个数";
    geometry_points() "a polygon has too many places" "多边形的点太多";
    point_or_polygons() "give it a point or polygons" "请给出一个点或多边形";
    row_lacks(role) "the row has no {role}" "该行没有 {role}";
    not_known(text, role) "\"{text}\" is not a {role} known here" "“{text}”不是已知的 {role}";
    say_what_it_is(name, text, names) "say in the city's file what it is: translate.{name} = { \"{text}\" = \"…\" } or constants.{name}, with one of {names}" "请在城市文件中说明：translate.{name} = { \"{text}\" = \"…\" } 或 constants.{name}，取其一：{names}";
    outside_earth(lon, lat) "{lon},{lat} is outside the earth" "{lon},{lat} 超出地球范围";
    swap_them() "swap longitude and latitude" "请对调经度和纬度";
    write_degrees() "write degrees, such as 113.5439 and 22.1987" "请写度数，例如 113.5439 和 22.1987";
    no_place() "the row has no place" "该行没有位置";
    give_geometry() "give it a geometry, or name its columns in the city's file: columns.lon and columns.lat" "请给出几何，或在城市文件中指定列：columns.lon 和 columns.lat";
    degrees_or_leave_out() "write degrees there, or leave such rows out: where = [{ column = \"…\", empty = false }]" "请填写度数，或略去这类行：where = [{ column = \"…\", empty = false }]";
    not_degrees(text) "\"{text}\" is not a number of degrees" "“{text}”不是度数";
    write_digits() "write digits with a point, such as 113.5439" "请写带小数点的数字，例如 113.5439";
    not_a_number(text) "\"{text}\" is not a number from 0 up" "“{text}”不是不小于 0 的数";
    write_plain_digits() "write digits with a point, no thousands separator and no sign" "请写数字，可带小数点，不带千位分隔符和正负号";
    name_column_or_leave_out(name) "name its column in the city's file: columns.{name}; or leave such rows out: where = [{ column = \"…\", empty = false }]" "请在城市文件中指定列 columns.{name}；或略去这类行：where = [{ column = \"…\", empty = false }]";
    outside_clip(place) "{place} lies outside the city's clip" "{place} 位于城市裁剪范围之外";
    correct_or_widen() "correct it, leave the row out with `where`, or widen the clip" "请更正，或用 `where` 略去该行，或放宽裁剪范围";
    too_many(most, section) "there are more than {most} {section}" "{section} 超过 {most} 个";
    leave_out_or_split() "leave some out with `where`, or make two cities of it" "请用 `where` 略去一些，或分成两个城市";

    // Inputs as a whole.
    cut_areas(count) "{count} areas are cut through by the edge of the extract and left out" "{count} 个区域被提取范围的边界切断，已略去";
    larger_extract() "if one of them is needed, take a larger extract or give it as a file" "如果需要其中某个区域，请用更大的提取文件，或以文件给出";
    extract_no_column(column) "what is taken from the extract has no column \"{column}\"" "取自提取文件的内容没有“{column}”这一列";
    it_has(names) "it has {names}" "可用的有：{names}";
    trimmed_one() "one row has spaces at the ends of a value, read without them" "有一行的值首尾带空格，读取时已去掉";
    trimmed(count) "{count} rows have spaces at the ends of a value, read without them" "有 {count} 行的值首尾带空格，读取时已去掉";
    weightless_one() "one row has a weight of 0: nobody is there" "有一行的权重为 0：那里没有人";
    weightless(count) "{count} rows have a weight of 0: nobody is there" "有 {count} 行的权重为 0：那里没有人";
    nothing_to_do() "nothing has to be done" "无需处理";
    no_rows() "it has no rows" "没有任何行";
    export_again() "export it again" "请重新导出";
    none_usable(rows) "none of its {rows} rows can be used" "共 {rows} 行，没有一行可用";
    mend_area_rows() "mend the rows named above; check `columns`" "请更正上面列出的行；检查 `columns`";
    mend_rows() "mend the rows named above; check `columns`, `coordinates` and the clip" "请更正上面列出的行；检查 `columns`、`coordinates` 和裁剪范围";
    all_left_out(rows) "`where` leaves out all of its {rows} rows" "`where` 略去了全部 {rows} 行";
    correct_conditions() "correct the conditions in the city's file" "请更正城市文件中的条件";

    // Posts and areas.
    same_post(post, kind, apart, other, which) "{post} is a {kind} {apart} from {other} ({which})" "{post}（{kind}）距 {other}（{which}）仅 {apart}";
    same_post_row(post, kind, apart, other, row) "{post} is a {kind} {apart} from {other} (row {row})" "{post}（{kind}）距 {other}（第 {row} 行）仅 {apart}";
    same_post_left_out() "if it is the same post given twice, leave one out with `where`" "如果是同一岗点重复给出，请用 `where` 略去一个";
    post_far(name, at, far) "the post \"{name}\" at {at} is more than {far} from any road for cars" "岗点“{name}”（{at}）距任何行车道路超过 {far}";
    check_shift() "most posts are: check `coordinates` (gcj02 and bd09 are shifted by some hundred metres), and the clip" "大多数岗点如此：请检查 `coordinates`（gcj02 和 bd09 会偏移数百米）和裁剪范围";
    check_coordinates() "check its coordinates" "请检查其坐标";
    id_taken(id, row) "the id \"{id}\" is that of row {row} too" "编号“{id}”与第 {row} 行重复";
    own_id() "give each area an id of its own" "每个区域应有自己的编号";
    area_is_point() "an area is a polygon, not a point" "区域应为多边形，不能是点";
    export_outline() "export its outline" "请导出其轮廓";
    area_no_outline() "the area has no outline" "该区域没有轮廓";
    export_polygon() "export it as GeoJSON with its polygon" "请连同多边形导出为 GeoJSON";

    // Hot spots.
    spot_taken(key, row) "\"{key}\" was given before, in row {row} of its table" "“{key}”在表中第 {row} 行已给出";
    spot_own_id() "give each an id of its own: what was counted is kept under it" "每处应有自己的编号：累计的数据按编号保存";
    visit_too_long() "a visit lasts longer than the time to the next" "一次停留的时间长于到下一次的间隔";
    fewer_minutes() "give fewer minutes, or more in every_min" "请减少分钟数，或加大 every_min";
    not_of_spot(text, role) "\"{text}\" is not a {role} of a hot spot" "“{text}”不能作为重点部位的 {role}";
    write_metres(least, most) "write metres from {least} to {most}" "请写 {least} 到 {most} 的米数";
    write_minutes(least, most) "write minutes from {least} to {most}" "请写 {least} 到 {most} 的分钟数";
    spot_far(radius, name, at) "no street comes within {radius} of the hot spot \"{name}\" at {at}: nobody on patrol is ever there" "重点部位“{name}”（{at}）周围 {radius} 内没有街道：巡逻永远到不了那里";
    spot_wider() "check its coordinates, or give it a larger radius_m" "请检查其坐标，或加大 radius_m";

    // Demand.
    no_area(id) "there is no area \"{id}\"" "没有区域“{id}”";
    add_area() "add the area to the areas' file, or leave the row out with `where`" "请把该区域加到区域文件中，或用 `where` 略去该行";
    no_weight() "the row has no weight" "该行没有权重";
    write_weight() "write a number, 0 if nobody is there" "请写一个数；没有人则写 0";
    density_alone() "a density without an area is no weight" "只有密度而没有面积，算不出权重";
    give_square() "give the row a polygon, or name the column with its square kilometres: columns.area_km2" "请给该行一个多边形，或指定面积（平方千米）所在的列：columns.area_km2";
    too_heavy(most) "the weight is larger than {most}, the most one place may have" "权重超过 {most}，即一处的上限";
    several_places() "correct it, or give it in several places" "请更正，或分到几处给出";
    no_homes(count) "{count} areas have no homes in the extract: their demand is put at one place inside each" "{count} 个区域在提取文件中没有住宅：其需求放在区域内一处";
    add_buildings() "add buildings to OpenStreetMap there, or give smaller areas" "请在 OpenStreetMap 中补充那里的建筑，或给出更小的区域";
    no_ground() "the area covers no ground" "该区域没有面积";
    correct_outline() "correct its outline" "请更正其轮廓";
    too_many_places(most) "there are more than {most} places of demand" "需求点超过 {most} 个";
    use_point() "use spread = \"point\"" "请用 spread = \"point\"";
    too_much() "more demand than one place may have" "超过一处可有的需求";
    correct_weight() "correct its weight" "请更正其权重";

    // Calibration.
    calibration_unread(error) "{error}" "校准文件不能使用（{error}）";
    make_calibration() "make it anew with `precinct calibrate`, or take the line out of the city's file" "请用 `precinct calibrate` 重新生成，或从城市文件中删去该行";
    calibration_roads() "it was fitted on other streets or class speeds than the city has now" "校准时的街道或各级道路车速与现在的城市不同";
    calibration_area(area) "it has a factor for the area \"{area}\", which the city does not have" "其中有区域“{area}”的系数，而城市没有该区域";
    fit_anew() "fit it anew with `precinct calibrate`" "请用 `precinct calibrate` 重新校准";

    // The city's own file.
    unknown_field(field, expected) "unknown field `{field}`, expected one of `{expected}`" "不认识 `{field}`，可用：`{expected}`";
    unknown_variant(value, expected) "unknown variant `{value}`, expected one of `{expected}`" "不认识的值 `{value}`，可用：`{expected}`";
    missing_field(field) "missing field `{field}`" "缺少 `{field}`";
    wrong_value(error) "{error}" "值的形式不对（{error}）";
    not_toml(error) "{error}" "该行不是有效的 TOML（{error}）";
    correct_spelling() "correct the spelling, or remove it" "请更正拼写，或删去";
    add_field() "add it; `precinct city init` writes a commented example" "请补上；`precinct city init` 会写出带说明的示例";
    write_in_form() "write the value in that form" "请按该形式填写";
    mend_line() "mend the line: texts stand in quotes, lists in brackets, and each name is given once" "请更正该行：文字加引号，列表加方括号，每个名称只出现一次";
    city_no_name() "the city has no name" "城市没有名称";
    write_name() "write what it is called there" "请写当地的名称";
    not_a_zone(zone) "\"{zone}\" is not a time zone" "“{zone}”不是时区";
    write_zone(zone) "write \"{zone}\"" "请写 \"{zone}\"";
    write_iana() "write one of the IANA database, such as \"Asia/Shanghai\"" "请写 IANA 数据库中的时区，例如 \"Asia/Shanghai\"";
    clip_box() "the box is empty or outside the earth: it is west, south, east, north in degrees" "矩形为空或超出地球范围：依次为西、南、东、北，单位为度";
    clip_points() "the polygon has too many places" "多边形的点太多";
    clip_polygon() "the polygon has fewer than three places, or one outside the earth: each is longitude, latitude" "多边形少于三个点，或有点超出地球范围：每个点先经度后纬度";
    clip_one() "a clip is one of `bounds`, `polygon` and `file`" "裁剪范围只能是 `bounds`、`polygon` 或 `file` 之一";
    write_clip() "write bounds = [113.52, 22.10, 113.61, 22.22], polygon = [[lon, lat], …] or file = \"clip.geojson\"" "请写 bounds = [113.52, 22.10, 113.61, 22.22]、polygon = [[lon, lat], …] 或 file = \"clip.geojson\"";
    clip_feature() "a feature of the clip is not a polygon" "裁剪范围中有要素不是多边形";
    clip_no_ground() "the clip covers no ground" "裁剪范围没有面积";
    give_polygons() "give polygons that cover the city" "请给出覆盖城市的多边形";
    no_roads() "there are no roads in the city's clip" "裁剪范围内没有道路";
    widen_clip() "widen the clip in the city's file, or take another extract" "请放宽城市文件中的裁剪范围，或换用其他提取文件";
    unit_no_time() "one unit of the graph takes no time" "路网图的一个单位不占时间";
    write_unit() "write a fraction of two numbers from 1 to 1,000,000, such as milliseconds_per_unit = [36, 10]" "请写两个 1 到 1,000,000 的数组成的分数，例如 milliseconds_per_unit = [36, 10]";
    roads_neither() "the roads are neither an extract nor a graph with coordinates" "道路既不是提取文件，也不是带坐标的路网图";
    write_roads() "write osm = \"x.osm.pbf\", or graph = \"x.gr.gz\" and coordinates = \"x.co.gz\"" "请写 osm = \"x.osm.pbf\"，或 graph = \"x.gr.gz\" 和 coordinates = \"x.co.gz\"";
    graph_has_none() "an input is taken from `osm`, but the roads are a DIMACS graph, which has none" "有输入取自 `osm`，而道路是 DIMACS 路网图，其中没有";
    give_files() "give the inputs as files" "请以文件给出这些输入";
    not_a_class(class) "\"{class}\" is not a class of road" "“{class}”不是道路等级";
    not_a_traveller(kind) "\"{kind}\" is not a kind of traveller" "“{kind}”不是通行方式";
    write_one_of(names) "write one of {names}" "请写其一：{names}";
    not_a_speed(kmh) "{kmh} km/h is not a speed" "{kmh} km/h 不是有效车速";
    write_kmh(most) "write whole kilometres an hour from 1 to {most}" "请写 1 到 {most} 的整数（千米/时）";
    not_a_time(text, grade) "\"{text}\" is not a time for grade \"{grade}\"" "“{text}”不能作为等级“{grade}”的时间";
    such_minutes() "write minutes, such as 3 or 2.5" "请写分钟数，例如 3 或 2.5";
    grades(most) "there must be 1 to {most} grades" "等级须有 1 到 {most} 个";
    write_grades() "write a line for each, such as urban = 5" "请每个等级写一行，例如 urban = 5";
    no_areas_called(name) "there is no [[areas]] called \"{name}\"" "没有叫“{name}”的 [[areas]]";
    call_one(name) "give one of them name = \"{name}\"" "请给其中一个写上 name = \"{name}\"";
    no_demand_called(name) "there is no [[demand]] called \"{name}\"" "没有叫“{name}”的 [[demand]]";
    use_one_of(names) "use one of: {names}" "请用其一：{names}";
    both_conditions() "both `equals` and `one_of` are given" "同时给出了 `equals` 和 `one_of`";
    keep_one() "keep one of them" "请只留一个";
    no_condition() "a condition without a condition" "条件是空的";
    add_condition() "add equals, one_of, not_one_of, empty, from or before" "请加上 equals、one_of、not_one_of、empty、from 或 before";
    addresses_from_extract() "addresses are not taken from the extract" "地址不从提取文件中读取";
    addresses_table() "give them as a table: file = \"addresses.csv\"" "请以表格给出：file = \"addresses.csv\"";
    spots_from_extract() "hot spots are not taken from the extract: people choose them" "重点部位不从提取文件中读取：由人选定";
    spots_table() "give them as a table: file = \"hotspots.csv\"" "请以表格给出：file = \"hotspots.csv\"";
    not_a_source(name) "\"{name}\" is not a source" "“{name}”不是来源";
    write_source() "write file = \"x.csv\", or source = \"osm\" for the extract of the roads" "请写 file = \"x.csv\"，或用 source = \"osm\" 取自道路的提取文件";
    no_format(name) "the name \"{name}\" does not tell a format" "从名称“{name}”看不出格式";
    add_format() "add format = \"csv\" or format = \"geojson\"" "请加上 format = \"csv\" 或 format = \"geojson\"";
    one_place() "an input comes from one place" "一个输入只能来自一处";
    delimiter() "a delimiter is one character" "分隔符是一个字符";
    write_delimiter() "write \",\", \";\", \"|\" or \"\\t\"" "请写 \",\"、\";\"、\"|\" 或 \"\\t\"";
    section_has_no(section, word) "[[{section}]] has no `{word}`" "[[{section}]] 没有 `{word}`";
    under_demand() "remove it, or put it under [[demand]]" "请删去，或放到 [[demand]] 下";
    not_of_section(value, role, section) "\"{value}\" is not a {role} of {section}" "“{value}”不能作为 {section} 的 {role}";
    no_area_column() "no column says which of the areas a row is about" "没有列说明某行属于哪个区域";
    add_area_column() "add area = \"…\" to columns" "请在 columns 中加上 area = \"…\"";

    // What would make it more complete.
    add_posts() "Posts: without a place that units work from there is no cover to show. Add a [[posts]] with a table of police stations, street stations and checkpoints (lon, lat, name, kind)." "岗点：没有力量的驻地，就算不出覆盖。请加 [[posts]]，给出派出所、街面警务站、检查站的表格（lon、lat、name、kind）。";
    add_demand() "Demand: without it, cover is counted by length of street alone. Add a [[demand]] with population by small area, or with past calls." "需求：没有需求，覆盖只按街道长度计算。请加 [[demand]]，给出小区域人口，或以往的报警。";
    demand_guessed() "Demand is a guess from buildings: it compares quarters and counts nobody. Add a [[demand]] with a census by small area, or with past calls." "需求是由建筑推测的：只能比较街区，不代表人数。请加 [[demand]]，给出小区域普查人口，或以往的报警。";
    add_areas() "Areas: without them there are no figures for districts. Add an [[areas]] with a GeoJSON file." "区域：没有区域，就没有分区数据。请加 [[areas]]，给出 GeoJSON 文件。";
    add_sites() "Sites: schools, hospitals, compounds and banks are the key places to reach in 1 minute. Add a [[sites]] with a table of them." "单位：学校、医院、小区、银行是须 1 分钟到达的重点场所。请加 [[sites]]，给出表格。";
    add_hot_spots() "Hot spots: without them no visits are counted. Add a [[hot_spots]] with a table of places to be visited (lon, lat, name)." "重点部位：没有重点部位，就不统计到访。请加 [[hot_spots]]，给出须到访地点的表格（lon、lat、name）。";
    add_attribution() "Attribution: say in `attribution` whose data this is; OpenStreetMap's licence asks for it." "署名：请在 `attribution` 中写明数据来自谁；OpenStreetMap 的许可有此要求。";
}

/// Text as it stands in a file, with what cannot be seen written out.
pub(crate) fn shown(text: &str) -> String {
    let quoted = format!("{text:?}");
    quoted[1..quoted.len() - 1].to_owned()
}

/// What the reader of TOML says, and what to do about it.
pub(crate) fn toml_fault(error: &str) -> (Said, Said) {
    let unknown = |kind: &str| {
        let (name, expected) = error.strip_prefix(kind)?.strip_prefix(" `")?.split_once('`')?;
        let known: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
        Some((name, known.join("`, `")))
    };
    if let Some((name, expected)) = unknown("unknown field") {
        (unknown_field(name, expected), correct_spelling())
    } else if let Some((name, expected)) = unknown("unknown variant") {
        (unknown_variant(name, expected), correct_spelling())
    } else if let Some(rest) = error.strip_prefix("missing field `") {
        (missing_field(rest.trim_end_matches('`')), add_field())
    } else if ["type", "value", "length"]
        .iter()
        .any(|what| error.starts_with(&format!("invalid {what}")))
    {
        (wrong_value(error), write_in_form())
    } else {
        (not_toml(error), mend_line())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_has_words_in_both_languages() {
        for sentence in ALL {
            assert!(sentence.is_sound(), "{sentence:?}");
            let chinese = sentence.zh.chars().any(|one| ('一'..='鿿').contains(&one));
            assert!(chinese && sentence.en.is_ascii() | sentence.en.contains('…'), "{sentence:?}");
        }
    }

    #[test]
    fn what_toml_says_is_said_in_chinese_too() {
        let zh = |error: &str| toml_fault(error).0.zh();
        assert_eq!(
            zh("unknown field `rods`, expected `roads` or `name`"),
            "不认识 `rods`，可用：`roads`, `name`"
        );
        assert_eq!(zh("missing field `roads`"), "缺少 `roads`");
        let (what, mend) = toml_fault("invalid type: integer `3`, expected a string");
        assert_eq!(what.en(), "invalid type: integer `3`, expected a string");
        assert_eq!((what.code(), mend.code()), ("wrong_value", "write_in_form"));
        assert_eq!(toml_fault("key with no value").1.code(), "mend_line");
    }
}
