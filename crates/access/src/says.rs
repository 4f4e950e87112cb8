//! What is told of policies, in English and Chinese: what is wrong, and what to do. The name of each is its code, and does not change.
//!
//! What is found by Cedar is told in Cedar's words in English, and in Chinese by its kind with the names that Cedar gives.

use cedar_policy::{ValidationError, ValidationWarning};
use precinct_base::Said;

precinct_base::sentences! {
    policies_bytes(bytes, most) "the policies have {bytes} bytes and may have {most}" "策略共 {bytes} 字节，上限 {most} 字节";
    leave_some_out() "leave some out" "请删去一些";
    too_deep(most) "brackets lie more than {most} deep" "括号嵌套超过 {most} 层";
    too_long(most) "one policy has more than {most} bytes" "一条策略超过 {most} 字节";
    make_several() "make several policies of it" "请拆成几条策略";
    template() "there is a template, with ?principal or ?resource" "其中有模板（?principal 或 ?resource）";
    name_roles() "name roles and areas in the policy itself" "请在策略中直接写明角色和区域";
    too_many(most) "there are more than {most} policies" "策略超过 {most} 条";
    no_id() "it has no id" "没有编号";
    write_id() "write @id(\"a-name\") above it" "请在其上方写 @id(\"a-name\")";
    same_id() "two policies have this id" "有两条策略用了这个编号";
    own_id() "give each its own" "请各用各的编号";
    no_area(area) "{area} is no area" "{area} 不是区域";
    area_by_number() "name an area by its number, such as Area::\"3\"" "请用编号指明区域，例如 Area::\"3\"";
    no_staff(staff) "{staff} is no staff number" "{staff} 不是工号";
    staff_by_number() "name somebody by staff number" "请用工号指明人员";
    no_action(action) "there is no {action}" "没有 {action}";
    use_schema() "use one of policies/schema.cedarschema" "请用 policies/schema.cedarschema 中的一个";
    single_thing(thing) "{thing} is a single thing" "{thing} 是单个事物";
    not_for_policies() "policies are of roles, areas and people; orders are for the rest" "策略只针对角色、区域和人员；其余由命令处理";
    locked_out(action) "no administrator of the whole city could {action} any more, even with a second factor" "全市管理员即使通过二次验证，也将无法再 {action}";
    keep_one() "keep a policy that permits it, and forbid less" "请保留一条允许它的策略，并减少禁止";

    cedar_text(said, names) "{said}" "此处写法有误：{names}";
    cedar_text_bare(said) "{said}" "此处写法有误";
    cedar_type(said, names) "{said}" "架构中没有这种实体类型：{names}";
    cedar_action(said, names) "{said}" "架构中没有这种操作：{names}";
    cedar_never(said) "{said}" "这条策略永远不会生效：主体、操作与资源的组合在架构中不存在";
    cedar_unexpected(said, names) "{said}" "类型不符：{names}";
    cedar_mixed(said, names) "{said}" "此处的类型必须一致：{names}";
    cedar_attribute(said, names) "{said}" "没有这个属性：{names}";
    cedar_optional(said, names) "{said}" "该属性可能不存在，须先用 `has` 判断：{names}";
    cedar_function(said, names) "{said}" "函数用法有误：{names}";
    cedar_empty_set(said) "{said}" "此处不能用空集合";
    cedar_hierarchy(said, names) "{said}" "`in` 两边不可能有从属关系：{names}";
    cedar_letters(said, names) "{said}" "文字中混有易混淆或不可见的字符：{names}";
    cedar_misfit(said, names) "{said}" "与架构不符：{names}";
    cedar_misfit_bare(said) "{said}" "与架构不符";
    cedar_did_you_mean(said, names) "{said}" "是否应为 {names}？";
    cedar_help(said, names) "{said}" "请改用：{names}";
    cedar_help_bare(said) "{said}" "请更正后重新提交";
    mend_it() "mend it and hand the policies in again" "请更正后重新提交";
}

/// The names that Cedar puts in quotes, each once; none where it gives none.
fn names(said: &str) -> Option<String> {
    let parts: Vec<&str> = said.split('`').collect();
    // An even number of marks: what stands between a first and a second is quoted.
    let is_whole = !parts.len().is_multiple_of(2);
    let mut found: Vec<&str> = Vec::new();
    for name in parts.into_iter().skip(1).step_by(2).filter(|name| is_whole && !name.is_empty()) {
        if !found.contains(&name) {
            found.push(name);
        }
    }
    (!found.is_empty()).then(|| found.join("、"))
}

/// A sentence about names; where Cedar gives none, only that it does not fit.
fn with_names(sentence: fn(String, String) -> Said, said: &str) -> Said {
    match names(said) {
        Some(names) => sentence(said.to_owned(), names),
        None => cedar_misfit_bare(said),
    }
}

/// What the reader of policies says of a text that is none.
pub(crate) fn text(said: &str) -> Said {
    match names(said) {
        Some(names) => cedar_text(said, names),
        None => cedar_text_bare(said),
    }
}

/// What there is to do, as Cedar says it.
pub(crate) fn help(said: &str) -> Said {
    match names(said) {
        Some(names) if said.starts_with("did you mean") => cedar_did_you_mean(said, names),
        Some(names) => cedar_help(said, names),
        None => cedar_help_bare(said),
    }
}

/// What does not fit the schema.
pub(crate) fn error(error: &ValidationError, said: &str) -> Said {
    use ValidationError as E;
    let sentence: fn(String, String) -> Said = match error {
        E::UnrecognizedEntityType(_) => cedar_type,
        E::UnrecognizedActionId(_) => cedar_action,
        E::InvalidActionApplication(_) => return cedar_never(said),
        E::UnexpectedType(_) => cedar_unexpected,
        E::IncompatibleTypes(_) => cedar_mixed,
        E::UnsafeAttributeAccess(_) => cedar_attribute,
        E::UnsafeOptionalAttributeAccess(_) => cedar_optional,
        E::UndefinedFunction(_) | E::WrongNumberArguments(_) | E::FunctionArgumentValidation(_) => {
            cedar_function
        }
        E::EmptySetForbidden(_) => return cedar_empty_set(said),
        E::HierarchyNotRespected(_) => cedar_hierarchy,
        _ => cedar_misfit,
    };
    with_names(sentence, said)
}

/// What can never apply, or looks like something else.
pub(crate) fn warning(warning: &ValidationWarning, said: &str) -> Said {
    use ValidationWarning as W;
    match warning {
        W::ImpossiblePolicy(_) => cedar_never(said),
        W::MixedScriptString(_)
        | W::BidiCharsInString(_)
        | W::BidiCharsInIdentifier(_)
        | W::MixedScriptIdentifier(_)
        | W::ConfusableIdentifier(_) => with_names(cedar_letters, said),
        _ => with_names(cedar_misfit, said),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_has_words_in_both_languages() {
        for sentence in ALL {
            assert!(sentence.is_sound(), "{sentence:?}");
            assert!(sentence.zh.chars().any(|one| ('一'..='鿿').contains(&one)), "{sentence:?}");
            assert!(sentence.en.is_ascii(), "{sentence:?}");
        }
        let codes: std::collections::BTreeSet<_> = ALL.iter().map(|one| one.code).collect();
        assert_eq!(codes.len(), ALL.len());
    }

    #[test]
    fn names_are_what_stands_in_quotes() {
        assert_eq!(names("unexpected token `action`"), Some("action".into()));
        assert_eq!(names("expected `a`, `b` or `a`"), Some("a、b".into()));
        assert_eq!(names("unexpected end of input"), None);
        assert_eq!(names("a ` alone"), None);
        let help = help("did you mean `dispatcher`?");
        assert_eq!(help.zh(), "是否应为 dispatcher？");
        assert_eq!(help.en(), "did you mean `dispatcher`?");
    }
}
